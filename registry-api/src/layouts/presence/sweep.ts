import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Metrics } from '../../http/metrics';
import { createRecurring, type Recurring } from '../../recurring';
import type { PresenceStore } from './store';

interface SweepOptions {
  presence: PresenceStore;
  changed(layout: string): void;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}

/** Forgets pages that fell silent, and tells who is left. Replicas may do so at once: being told twice does no harm. */
export const createPresenceSweep = ({ presence, changed, clock, logger, metrics }: SweepOptions): Recurring =>
  createRecurring({
    task: 'forget who left',
    failed: 'pages that fell silent are forgotten later',
    every: 10_000,
    work: async () => {
      for (const layout of await presence.forget(clock())) changed(layout);
    },
    logger,
    metrics,
  });
