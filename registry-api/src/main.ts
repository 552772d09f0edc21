/** The process: environment in, one service out, a clean stop on SIGTERM and SIGINT. */
import { ConfigError } from '@datamesh/service';
import { pino } from 'pino';
import { readConfig } from './config';
import { startServer } from './server';

try {
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
