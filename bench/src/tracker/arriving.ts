/** The same questions while events go on arriving, some of them days late, as from phones that come online. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryEngine, Scope } from '../../../tracker/src/query/port';
import type { DuckDbSink } from '../../../tracker/src/sinks/duckdb';
import { ask, type Timings } from './questions';
import { visits } from './visits';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const PER_SECOND = 200;
/** One in so many is late, by up to a week. */
const LATE = 100;
const BATCH = 20;
/** The longest that it may take, in seconds. */
const MAX_SECONDS = 3600;

export interface Arriving {
  asked: Timings;
  events: number;
  late: number;
  /** Events that were in no sums yet, at most. */
  behind: number;
}

export async function whileArriving(
  sink: DuckDbSink,
  engine: QueryEngine,
  range: Pick<Scope, 'site' | 'from' | 'to'>,
  times: number,
): Promise<Arriving> {
  let [events, late, behind, done] = [0, 0, 0, false];
  sink.keepSums();
  const feed = async (): Promise<void> => {
    const started = performance.now();
    let batch: Buffer[] = [];
    for (const event of visits({ site: range.site, from: range.to, to: range.to + MAX_SECONDS * 1000, events: MAX_SECONDS * PER_SECOND })) {
      if (done) return;
      const isLate = ++events % LATE === 0;
      if (isLate) late++;
      const ts = isLate ? event.ts - Math.ceil(((late * 0.618) % 1) * 7 * DAY) : event.ts;
      batch.push(Buffer.from(JSON.stringify({ ...event, ts })));
      if (batch.length < BATCH) continue;
      await sink.write(batch, events);
      batch = [];
      behind = Math.max(behind, sink.behind());
      await sleep(Math.max(0, started + (events / PER_SECOND) * 1000 - performance.now()));
    }
  };
  const feeding = feed();
  try {
    return { asked: await ask(engine, { ...range, to: range.to + HOUR }, times), events, late, behind };
  } finally {
    done = true;
    await feeding;
    await sink.close();
  }
}
