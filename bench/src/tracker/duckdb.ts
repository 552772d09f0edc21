/** Questions over millions of events in a DuckDB file of their own. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbQueries } from '../../../tracker/src/query/duckdb/queries';
import { DuckDbSink, SCHEMA } from '../../../tracker/src/sinks/duckdb';
import { Database } from '../../../tracker/src/storage/database';
import { type Arriving, whileArriving } from './arriving';
import { fill } from './fill';
import { ask, type Timings } from './questions';

const DAY = 86_400_000;
/** All events are of these days, the last of them at a fixed moment: the same events at every run. */
const DAYS = 90;
const TO = Date.UTC(2026, 10, 1);

export interface Questioned {
  events: number;
  /** Over all events. */
  all: Timings;
  /** Over the last of their days, as a page shows them that opens. */
  week: Timings;
  /** Over all of them, while more arrive. */
  arriving: Arriving;
  filledPerSecond: number;
  megabytes: number;
}

export async function questionDuckDb(events: number, times: number): Promise<Questioned> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-bench-'));
  const file = join(folder, 'events.duckdb');
  // As the tracker opens it when nothing else is said.
  const database = await Database.open({ file, memoryLimit: '1GB', schema: SCHEMA });
  try {
    const sink = new DuckDbSink(database, null, (payload) => {
      throw new Error(`not an event: ${payload.toString('utf8')}`);
    });
    const range = { site: 'bench', from: TO - DAYS * DAY, to: TO };
    const seconds = await fill(sink, { ...range, events });
    await sink.foldSums();
    const engine = new DuckDbQueries(database);
    return {
      events,
      all: await ask(engine, range, times),
      week: await ask(engine, { ...range, from: TO - 7 * DAY }, times),
      arriving: await whileArriving(sink, engine, range, times),
      filledPerSecond: events / seconds,
      megabytes: (await stat(file)).size / 1e6,
    };
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
