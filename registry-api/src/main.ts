/** The process: environment in, one service out, a clean stop on SIGTERM and SIGINT. With `claims` as its word: a dry run of the claims' settings. */
import { text } from 'node:stream/consumers';
import { createLogger, startOrExit, stopOnSignal } from '@datamesh/service/process';
import { readClaimNames, readConfig } from './config';
import { sayClaims } from './identity/claims-command';
import { startServer } from './server';

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger('registry-api', config.logLevel);
  const { port, stop } = await startServer(config, logger);
  logger.info({ port, store: config.mongoUrl ? 'mongo' : 'sqlite', blobs: config.blobs }, 'listening');
  stopOnSignal({ logger, grace: config.grace, stop });
}

await startOrExit('registry-api', async () => {
  if (process.argv[2] === 'claims') process.stdout.write(sayClaims(await text(process.stdin), readClaimNames(process.env)));
  else await serve();
});
