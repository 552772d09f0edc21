/** DuckDB: rows and position in one transaction, duplicates removed exactly by (site, event id), erasures done where they stand in the log. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database, Schema } from '../storage/database';
import { COLUMNS } from './columns';
import { isErasure, readRecord } from './record';
import type { Sink, Written } from './sink';
import { eraseVisitors } from './sums/erase';
import { awaitSums, type Behind, behindOf } from './sums/fold';
import { SumsKeeper } from './sums/keeper';
import { SUMS_SCHEMA } from './sums/tables';

const columns = Object.keys(COLUMNS).join(', ');

const defined = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);

export const SCHEMA: Schema = {
  // One more whenever an older tracker must not open the file any longer: where it would not keep right what is in it.
  version: 2,
  statements: [
    `CREATE TABLE IF NOT EXISTS events (${defined.join(', ')})`,
    // A file of an earlier version gets the columns that came since, at the end: so columns are always named.
    ...defined.map((column) => `ALTER TABLE events ADD COLUMN IF NOT EXISTS ${column}`),
    'CREATE TABLE IF NOT EXISTS log_position (log VARCHAR PRIMARY KEY, next BIGINT NOT NULL)',
    ...['arriving', 'accepted'].map((table) => `CREATE TEMP TABLE IF NOT EXISTS ${table} (${defined.join(', ')})`),
    ...SUMS_SCHEMA,
  ],
};

// The batch is bound as one text of a JSON object for each event, with a character between them that no JSON has in it: as one JSON list, the same
// costs three times as much.
const SEPARATOR = '\u001e';
const TAKE = `
  INSERT INTO arriving SELECT unnest(from_json(event, '${JSON.stringify(COLUMNS)}'))
  FROM (SELECT unnest(string_split($batch, chr(${SEPARATOR.charCodeAt(0)}))) AS event)`;
const RANGE = 'SELECT count(*), min(event_id)::VARCHAR, max(event_id)::VARCHAR FROM arriving';
// Ids are ordered by time, so the range of a batch's ids is short, and DuckDB skips every block outside of it.
const ACCEPT = `
  INSERT INTO accepted SELECT ${columns} FROM (
    SELECT *, row_number() OVER (PARTITION BY site_id, event_id ORDER BY received_ts) AS nth FROM arriving
  ) a
  WHERE nth = 1 AND NOT EXISTS (
    FROM events e WHERE e.event_id BETWEEN $low::UUID AND $high::UUID AND e.event_id = a.event_id AND e.site_id = a.site_id
  )`;
const INSERT = `INSERT INTO events (${columns}) FROM accepted`;
const MOVE = 'INSERT INTO log_position VALUES ($log, $next) ON CONFLICT (log) DO UPDATE SET next = excluded.next';

export class DuckDbSink implements Sink {
  readonly name = 'duckdb';
  private readonly sums: SumsKeeper;

  /** `log` names whose positions are kept: the spool's, or none with SPOOL=off. */
  constructor(
    private readonly database: Database,
    private readonly log: string | null,
    private readonly rejected: (payload: Buffer, error: unknown) => void,
    now: () => number = Date.now,
    sumsFailed: (error: unknown) => void = () => undefined,
  ) {
    this.sums = new SumsKeeper(database, now, sumsFailed);
  }

  async position(): Promise<number | null> {
    if (this.log === null) return null;
    const result = await this.database.read(new AbortController().signal, (connection) =>
      connection.runAndReadAll('SELECT next FROM log_position WHERE log = $log', { log: this.log }),
    );
    const next = result.getRows()[0]?.[0];
    return typeof next === 'bigint' ? Number(next) : null;
  }

  async write(payloads: readonly Buffer[], next: number): Promise<Written> {
    const { behind, ...written } = await this.writeSound(payloads, next);
    await this.sums.wrote(behind);
    return written;
  }

  /** Keeps the sums up by itself from now on, until it is closed. */
  keepSums(): void {
    this.sums.start();
  }

  /** Takes everything that waits into the sums. */
  foldSums(): Promise<void> {
    return this.sums.foldAll();
  }

  behind(): number {
    return this.sums.behind();
  }

  private async writeSound(payloads: readonly Buffer[], next: number): Promise<Written & { behind: Behind }> {
    try {
      return await this.writeAll(payloads, next);
    } catch (error) {
      const sound = payloads.filter((payload) => readRecord(payload).kind !== 'unreadable');
      if (sound.length === payloads.length) throw error;
      // One unreadable record must not hold up all that follow.
      for (const payload of payloads) if (!sound.includes(payload)) this.rejected(payload, error);
      const written = await this.writeAll(sound, next);
      return { ...written, rejected: payloads.length - sound.length };
    }
  }

  /** The database is the tracker's: queries end after the sinks. */
  close(): Promise<void> {
    return this.sums.stop();
  }

  private writeAll(payloads: readonly Buffer[], next: number): Promise<Written & { behind: Behind }> {
    return this.database.write(async (connection) => {
      let inserted = 0;
      let events = 0;
      for (const run of runs(payloads)) {
        if ('erasure' in run) await erase(connection, run.erasure);
        else {
          inserted += await insert(connection, run.events);
          events += run.events.length;
        }
      }
      if (this.log !== null) await connection.run(MOVE, { log: this.log, next: BigInt(next) });
      return { inserted, duplicates: events - inserted, deadLetters: 0, rejected: 0, behind: await behindOf(connection) };
    });
  }
}

type Run = { events: Buffer[] } | { erasure: Buffer };

/** Events between erasures go in together: an erasure takes what stands before it, and nothing of what comes after. */
function runs(payloads: readonly Buffer[]): Run[] {
  const found: Run[] = [];
  for (const payload of payloads) {
    const last = found.at(-1);
    if (isErasure(payload)) found.push({ erasure: payload });
    else if (last && 'events' in last) last.events.push(payload);
    else found.push({ events: [payload] });
  }
  return found;
}

async function erase(connection: DuckDBConnection, payload: Buffer): Promise<void> {
  const record = readRecord(payload);
  if (record.kind !== 'erasure') throw new Error('an erasure in the log cannot be read');
  await eraseVisitors(connection, record.erasure.site_id, record.erasure.visitor_ids);
}

async function insert(connection: DuckDBConnection, payloads: readonly Buffer[]): Promise<number> {
  await connection.run(TAKE, { batch: payloads.join(SEPARATOR) });
  const range = await connection.runAndReadAll(RANGE);
  const [, low, high] = range.getRows()[0] ?? [];
  await connection.run(ACCEPT, { low: String(low), high: String(high) });
  const result = await connection.run(INSERT);
  await awaitSums(connection);
  for (const table of ['arriving', 'accepted']) await connection.run(`DELETE FROM ${table}`);
  return result.rowsChanged;
}
