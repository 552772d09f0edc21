/** Starts the tracker and stops it on a signal. Whatever keeps it from starting is one line on stderr and exit code 1. */
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { readConfig } from './config';
import { startTracker } from './tracker';

/** What lies beside the bundle, or in dist when the sources are run. */
function built(name: string): URL {
  const found = [`./${name}`, `../dist/${name}`].map((path) => new URL(path, import.meta.url)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not built: run node tracker/build.ts`);
  return found;
}

async function main(): Promise<void> {
  const config = readConfig();
  const logger = pino({ name: 'tracker', level: config.logLevel });
  const tracker = await startTracker({ config, logger, script: built('tracker.js'), sinkProgram: built('sink.mjs') });
  logger.info({ url: tracker.url, dataDir: config.dataDir }, 'listening');

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    // What is acknowledged is on disk: when something hangs, leaving is safe.
    setTimeout(() => process.exit(1), config.grace + 4000).unref();
    tracker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`tracker: ${explain(error)}\n`);
  process.exit(1);
});

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return `${error.message}: the port is taken; stop the other process or set PORT`;
  if (error.message.includes('Could not set lock')) return 'another tracker is running on this DATA_DIR';
  if ('code' in error && error.code === 'ENOSPC') return `the disk is full (${error.message})`;
  return error.message.split('\n')[0] ?? error.message;
}
