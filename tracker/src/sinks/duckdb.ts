/** DuckDB: rows and position in one transaction, duplicates removed exactly by (site, event id). */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { StoredEvent } from '../collect/event';
import type { Database } from '../storage/database';
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
  props: 'VARCHAR',
} as const satisfies Record<keyof StoredEvent, string>;

const columns = Object.keys(COLUMNS).join(', ');

export const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS events (${Object.entries(COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`,
  'CREATE TABLE IF NOT EXISTS log_position (log VARCHAR PRIMARY KEY, next BIGINT NOT NULL)',
  'CREATE TEMP TABLE IF NOT EXISTS arriving AS FROM events LIMIT 0',
];

// The batch is bound as one JSON text and taken apart by DuckDB's own threads: the event loop is the collector's.
const TAKE = `INSERT INTO arriving SELECT unnest(from_json($batch, '${JSON.stringify([COLUMNS])}'), max_depth := 2)`;
const RANGE = 'SELECT count(*), min(event_id)::VARCHAR, max(event_id)::VARCHAR FROM arriving';
// Ids are ordered by time, so the range of a batch's ids is short, and DuckDB skips every block outside of it.
const INSERT = `
  INSERT INTO events SELECT ${columns} FROM (
    SELECT *, row_number() OVER (PARTITION BY site_id, event_id ORDER BY received_ts) AS nth FROM arriving
  ) a
  WHERE nth = 1 AND NOT EXISTS (
    FROM events e WHERE e.event_id BETWEEN $low::UUID AND $high::UUID AND e.event_id = a.event_id AND e.site_id = a.site_id
  )`;
const MOVE = 'INSERT INTO log_position VALUES ($log, $next) ON CONFLICT (log) DO UPDATE SET next = excluded.next';

export class DuckDbSink implements Sink {
  readonly name = 'duckdb';

  /** `log` names whose positions are kept: the spool's, or none with SPOOL=off. */
  constructor(
    private readonly database: Database,
    private readonly log: string | null,
    private readonly rejected: (payload: Buffer, error: unknown) => void,
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
    try {
      return await this.writeAll(payloads, next);
    } catch (error) {
      const sound = payloads.filter((payload) => isEvent(payload));
      if (sound.length === payloads.length) throw error;
      // One unreadable record must not hold up all that follow.
      for (const payload of payloads) if (!sound.includes(payload)) this.rejected(payload, error);
      const written = await this.writeAll(sound, next);
      return { ...written, rejected: payloads.length - sound.length };
    }
  }

  private writeAll(payloads: readonly Buffer[], next: number): Promise<Written> {
    return this.database.write(async (connection) => {
      const inserted = payloads.length > 0 ? await insert(connection, payloads) : 0;
      if (this.log !== null) await connection.run(MOVE, { log: this.log, next: BigInt(next) });
      return { inserted, duplicates: payloads.length - inserted, rejected: 0 };
    });
  }
}

async function insert(connection: DuckDBConnection, payloads: readonly Buffer[]): Promise<number> {
  await connection.run(TAKE, { batch: `[${payloads.join(',')}]` });
  const range = await connection.runAndReadAll(RANGE);
  const [, low, high] = range.getRows()[0] ?? [];
  const result = await connection.run(INSERT, { low: String(low), high: String(high) });
  await connection.run('DELETE FROM arriving');
  return result.rowsChanged;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isEvent(payload: Buffer): boolean {
  try {
    const event = JSON.parse(payload.toString('utf8')) as Partial<StoredEvent> | null;
    return UUID.test(event?.event_id ?? '') && typeof event?.site_id === 'string' && Number.isInteger(event.ts);
  } catch {
    return false; // reported by the caller with the sink's own error
  }
}
