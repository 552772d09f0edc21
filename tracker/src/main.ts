/** The process: environment in, the tracker out, a clean stop on SIGTERM and SIGINT. */
import { existsSync } from 'node:fs';
import { createLogger, startOrExit, stopOnSignal } from '@datamesh/service/process';
import { readConfig } from './config';
import { startTracker } from './tracker';

/** What lies beside the bundle, or in dist when the sources are run. */
function built(name: string): URL {
  const found = [`./${name}`, `../dist/${name}`].map((path) => new URL(path, import.meta.url)).find((file) => existsSync(file));
  if (!found) throw new Error(`${name} is not built: run node tracker/build.ts`);
  return found;
}

async function serve(): Promise<void> {
  const config = readConfig();
  const logger = createLogger('tracker', config.logLevel);
  const { url, stop } = await startTracker({ config, logger, script: built('tracker.js'), sinkProgram: built('sink.mjs') });
  logger.info({ url, dataDir: config.dataDir }, 'listening');
  stopOnSignal({ logger, grace: config.grace, stop });
}

/** By DuckDB's own lock, where ours did not see it. */
const folderTaken = ({ message }: Error): string | undefined =>
  message.includes('Could not set lock') ? 'another tracker is running on this DATA_DIR' : undefined;

await startOrExit('tracker', serve, folderTaken);
