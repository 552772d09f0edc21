import type { Logger } from 'pino';
import { type Clock, isoTime } from '../../clock';
import { setUpActor } from '../../http/caller';
import type { Metrics } from '../../http/metrics';
import { createRecurring, type Recurring } from '../../recurring';
import type { LayoutStores } from '../stores';
import { keptInBin, removeForEver } from './bin';

/** Milliseconds between two looks. */
const every = 600_000;
/** Layouts of one look; the next one goes on. */
const most = 200;

interface SweepOptions {
  stores: LayoutStores;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

/** Takes out of the bin for ever what has been there for its days. Replicas may do so at once: one of them finds it. */
export async function sweepBin(stores: LayoutStores, clock: Clock): Promise<number> {
  const due = await stores.layouts.binnedBefore(new Date(clock() - keptInBin).toISOString(), most);
  let removed = 0;
  for (const id of due) {
    const layout = await stores.layouts.findBinned(id);
    if (layout && (await removeForEver(stores, layout, { actor: setUpActor, from: null, requestId: '' }, isoTime(clock)))) removed += 1;
  }
  return removed;
}

export const createBinSweep = ({ stores, clock, logger, metrics, wakeRelay }: SweepOptions): Recurring =>
  createRecurring({
    task: 'empty the bin',
    failed: 'what has been in the bin for 30 days goes later',
    every,
    work: async () => {
      if ((await sweepBin(stores, clock)) > 0) wakeRelay();
    },
    logger,
    metrics,
  });
