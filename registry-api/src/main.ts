/** The process: environment in, one service out, a clean stop on SIGTERM and SIGINT. With `claims` as its word: a dry run of the claims' settings. */
import { text } from 'node:stream/consumers';
import { ConfigError } from '@datamesh/service';
import { pino } from 'pino';
import { readClaimNames, readConfig } from './config';
import { sayClaims } from './identity/claims-command';
import { startServer } from './server';

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel, base: { service: 'registry-api' } });
  const server = await startServer(config, logger);
  logger.info({ port: server.port, store: config.mongoUrl ? 'mongo' : 'sqlite', blobs: config.blobs }, 'listening');
  const stop = async (signal: string) => {
    logger.info({ signal }, 'stopping');
    await server.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  if (process.argv[2] === 'claims') process.stdout.write(sayClaims(await text(process.stdin), readClaimNames(process.env)));
  else await serve();
} catch (error) {
  process.stderr.write(`registry-api: ${reasonOf(error)}\n`);
  process.exit(1);
}

/** One clear line for whoever started the service. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port, message } = error as { code?: string; port?: number; message?: string };
  if (code === 'EADDRINUSE') return `port ${port} is taken; stop what uses it or set PORT`;
  return message ?? String(error);
}
