/** DuckDB: rows and position in one transaction, duplicates removed exactly by (site, event id), erasures done where they stand in the log. */
import { type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import type { StoredEvent } from '../collect/event';
import type { Database, Schema } from '../storage/database';
import { isErasure, readRecord } from './record';
import { LOWER, lowerForErasure, ROLLUP_SCHEMA, rollUp } from './rollup';
import type { Sink, Written } from './sink';

/** The columns of `events`, in order, with their types. Times are milliseconds since the epoch, as in every engine. */
export const COLUMNS = {
  event_id: 'UUID',
  site_id: 'VARCHAR',
  received_ts: 'BIGINT',
  ts: 'BIGINT',
  event_name: 'VARCHAR',
  path: 'VARCHAR',
  host: 'VARCHAR',
  referrer: 'VARCHAR',
  utm_source: 'VARCHAR',
  utm_medium: 'VARCHAR',
  utm_campaign: 'VARCHAR',
  visitor_id: 'VARCHAR',
  session_id: 'VARCHAR',
  country: 'VARCHAR',
  browser: 'VARCHAR',
  os: 'VARCHAR',
  device: 'VARCHAR',
  widget: 'VARCHAR',
  widget_version: 'VARCHAR',
  panel_id: 'VARCHAR',
  layout_id: 'VARCHAR',
  dwell_ms: 'BIGINT',
  load_ms: 'BIGINT',
  dropped: 'BIGINT',
  props: 'VARCHAR',
} as const satisfies Record<keyof StoredEvent, string>;

const columns = Object.keys(COLUMNS).join(', ');

const defined = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type}`);

export const SCHEMA: Schema = {
  // One more whenever an older tracker must not open the file any longer: where it would not keep right what is in it.
  version: 1,
  statements: [
    `CREATE TABLE IF NOT EXISTS events (${defined.join(', ')})`,
    // A file of an earlier version gets the columns that came since, at the end: so columns are always named.
    ...defined.map((column) => `ALTER TABLE events ADD COLUMN IF NOT EXISTS ${column}`),
    'CREATE TABLE IF NOT EXISTS log_position (log VARCHAR PRIMARY KEY, next BIGINT NOT NULL)',
    `CREATE TEMP TABLE IF NOT EXISTS arriving (${defined.join(', ')})`,
    ...ROLLUP_SCHEMA,
  ],
};

// The batch is bound as one JSON text and taken apart by DuckDB's own threads: the event loop is the collector's.
const TAKE = `INSERT INTO arriving SELECT unnest(from_json($batch, '${JSON.stringify([COLUMNS])}'), max_depth := 2)`;
const RANGE = 'SELECT count(*), min(event_id)::VARCHAR, max(event_id)::VARCHAR FROM arriving';
// Ids are ordered by time, so the range of a batch's ids is short, and DuckDB skips every block outside of it.
const INSERT = `
  INSERT INTO events (${columns}) SELECT ${columns} FROM (
    SELECT *, row_number() OVER (PARTITION BY site_id, event_id ORDER BY received_ts) AS nth FROM arriving
  ) a
  WHERE nth = 1 AND NOT EXISTS (
    FROM events e WHERE e.event_id BETWEEN $low::UUID AND $high::UUID AND e.event_id = a.event_id AND e.site_id = a.site_id
  )`;
const MOVE = 'INSERT INTO log_position VALUES ($log, $next) ON CONFLICT (log) DO UPDATE SET next = excluded.next';
const ERASE = 'DELETE FROM events WHERE site_id = $site AND list_contains($visitors, visitor_id)';

/** Sums are brought up to date no more often than this, and for no more than a twentieth of the time: late events have them made again. */
const ROLL_EVERY = 60_000;
const ROLL_SHARE = 20;

export class DuckDbSink implements Sink {
  readonly name = 'duckdb';
  private rollAt = 0;
  /** Milliseconds for all portions since the last pause. */
  private rollingTook = 0;

  /** `log` names whose positions are kept: the spool's, or none with SPOOL=off. */
  constructor(
    private readonly database: Database,
    private readonly log: string | null,
    private readonly rejected: (payload: Buffer, error: unknown) => void,
    private readonly now: () => number = Date.now,
    private readonly sumsFailed: (error: unknown) => void = () => undefined,
  ) {}

  async position(): Promise<number | null> {
    if (this.log === null) return null;
    const result = await this.database.read(new AbortController().signal, (connection) =>
      connection.runAndReadAll('SELECT next FROM log_position WHERE log = $log', { log: this.log }),
    );
    const next = result.getRows()[0]?.[0];
    return typeof next === 'bigint' ? Number(next) : null;
  }

  async write(payloads: readonly Buffer[], next: number): Promise<Written> {
    const written = await this.writeSound(payloads, next);
    // The events are in, whatever becomes of the sums: without them questions are slower and their answers the same.
    if (this.now() >= this.rollAt) await this.rollUp().catch((error: unknown) => this.notRolled(error));
    return written;
  }

  /** Takes settled hours into the sums, a portion at a time; true when there are more. Never while a write is under way. */
  async rollUp(): Promise<boolean> {
    const started = this.now();
    const more = await this.database.write((connection) => rollUp(connection, started));
    const ended = this.now();
    this.rollingTook += ended - started;
    if (more) this.rollAt = ended;
    else this.pauseRolling(ended);
    return more;
  }

  private notRolled(error: unknown): void {
    this.sumsFailed(error);
    this.pauseRolling(this.now());
  }

  private pauseRolling(now: number): void {
    this.rollAt = now + Math.max(ROLL_EVERY, this.rollingTook * ROLL_SHARE);
    this.rollingTook = 0;
  }

  private async writeSound(payloads: readonly Buffer[], next: number): Promise<Written> {
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
  async close(): Promise<void> {}

  private writeAll(payloads: readonly Buffer[], next: number): Promise<Written> {
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
      return { inserted, duplicates: events - inserted, deadLetters: 0, rejected: 0 };
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
  const { site_id: site, visitor_ids: visitors } = record.erasure;
  await lowerForErasure(connection, site, visitors);
  await connection.run(ERASE, { site, visitors: listValue(visitors) }, { visitors: LIST(VARCHAR) });
}

async function insert(connection: DuckDBConnection, payloads: readonly Buffer[]): Promise<number> {
  await connection.run(TAKE, { batch: `[${payloads.join(',')}]` });
  const range = await connection.runAndReadAll(RANGE);
  const [, low, high] = range.getRows()[0] ?? [];
  const result = await connection.run(INSERT, { low: String(low), high: String(high) });
  // What was there already changes no sum.
  if (result.rowsChanged > 0) await connection.run(LOWER);
  await connection.run('DELETE FROM arriving');
  return result.rowsChanged;
}
