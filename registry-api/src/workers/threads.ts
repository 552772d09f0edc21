/** The threads of this process: two kinds, so that somebody's huge upload never stands before everybody's settings. */
import type { Logger } from 'pino';
import type { Metrics } from '../http/metrics';
import { createPool, type Pool } from './pool';

export interface Threads {
  /** Reads, checks and compresses uploads. */
  publishing: Pool;
  /** Checks settings by the schemas of widgets. */
  settings: Pool;
  stop(): Promise<void>;
}

/** How many uploads are read and compressed at once. */
export const publishingThreads = 3;

export function createThreads({ logger, metrics }: { logger: Logger; metrics: Pick<Metrics, 'backgroundErrors'> }): Threads {
  const onError = (task: string) => (error: unknown) => {
    metrics.backgroundErrors.inc({ task });
    logger.error({ err: error, task }, 'a thread died');
  };
  const publishing = createPool({ file: 'publishing', threads: publishingThreads, heap: 256, onError: onError('publishing-thread') });
  // One stays: a person waits for this. Two, for one may be busy with somebody who tries what it stands.
  const settings = createPool({ file: 'settings', threads: 2, kept: 1, heap: 256, onError: onError('settings-thread') });
  return {
    publishing,
    settings,
    stop: async () => {
      await Promise.all([publishing.stop(), settings.stop()]);
    },
  };
}
