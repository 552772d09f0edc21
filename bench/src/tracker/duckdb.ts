/** Questions over millions of events in a DuckDB file of their own. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckDbQueries } from '../../../tracker/src/query/duckdb/queries';
import { DuckDbSink, SCHEMA } from '../../../tracker/src/sinks/duckdb';
import { Database } from '../../../tracker/src/storage/database';
import { type Arriving, whileArriving } from './arriving';
import { CHDB, ChDb } from './chdb';
import { fill } from './fill';
import { type AskToo, ask, ofEach, type Timings } from './questions';
import { timingOf } from './timing';

const DAY = 86_400_000;
/** For the other engine. */
const EXPORTED = 'events.parquet';
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
  /** Another engine on the same events, as far as it was asked. */
  other: { name: string; all: Timings; week: Timings } | undefined;
  filledPerSecond: number;
  megabytes: number;
}

/** `compare`: chDB as well, which has to be installed. */
export async function questionDuckDb(events: number, times: number, compare: boolean): Promise<Questioned> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-bench-'));
  const file = join(folder, 'events.duckdb');
  const range = { site: 'bench', from: TO - DAYS * DAY, to: TO };
  let [database, sink] = await open(file);
  try {
    const seconds = await fill(sink, { ...range, events });
    await sink.foldSums();
    if (compare) {
      database.close();
      await exportEvents(file, join(folder, EXPORTED));
      [database, sink] = await open(file);
    }
    const engine = new DuckDbQueries(database);
    const chDb = compare ? await ChDb.open(join(folder, 'chdb'), join(folder, EXPORTED)) : undefined;
    const other = chDb && { all: noting(chDb), week: noting(chDb) };
    const all = await ask(engine, range, times, other?.all.askToo);
    const week = await ask(engine, { ...range, from: TO - 7 * DAY }, times, other?.week.askToo);
    await chDb?.close();
    return {
      events,
      all,
      week,
      other: other && { name: CHDB, all: other.all.timings(), week: other.week.timings() },
      arriving: await whileArriving(sink, engine, range, times),
      filledPerSecond: events / seconds,
      megabytes: (await stat(file)).size / 1e6,
    };
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the tracker opens it when nothing else is said. */
async function open(file: string): Promise<[Database, DuckDbSink]> {
  const database = await Database.open({ file, memoryLimit: '1GB', schema: SCHEMA });
  const sink = new DuckDbSink(database, null, (payload) => {
    throw new Error(`not an event: ${payload.toString('utf8')}`);
  });
  return [database, sink];
}

/** By another instance: the tracker's own reads and writes no files but its database. */
async function exportEvents(file: string, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT site_id, ts, event_name, path, visitor_id, session_id, dwell_ms FROM events) TO '${to}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** Keeps what it took, but for the times that get it warm. */
function noting(chDb: ChDb): { askToo: AskToo; timings(): Timings } {
  const took = ofEach((): number[] => []);
  return {
    askToo: async (kind, scope, keep) => {
      const milliseconds = await chDb.ask(kind, scope);
      if (keep) took[kind].push(milliseconds);
    },
    timings: () => ofEach((kind) => timingOf(took[kind])),
  };
}
