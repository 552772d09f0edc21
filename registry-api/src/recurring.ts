import type { Logger } from 'pino';
import type { Metrics } from './http/metrics';

export interface Recurring {
  watch(): void;
  stop(): Promise<void>;
}

interface RecurringOptions {
  /** As in the metrics and the log. */
  task: string;
  /** For the log: what becomes of it. */
  failed: string;
  /** Milliseconds between two beginnings; none begins before the one before it has ended. */
  every: number;
  work(): Promise<void>;
  logger: Logger;
  metrics: Metrics;
}

/** Work of the background that a later time makes good where it fails. */
export function createRecurring({ task, failed, every, work, logger, metrics }: RecurringOptions): Recurring {
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  const attempt = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      metrics.backgroundErrors.inc({ task });
      logger.warn({ err: error, task }, failed);
    }
  };
  return {
    watch: () => {
      timer = setInterval(() => {
        working ??= attempt().finally(() => {
          working = null;
        });
      }, every);
    },
    stop: async () => {
      if (timer) clearInterval(timer);
      await working;
    },
  };
}
