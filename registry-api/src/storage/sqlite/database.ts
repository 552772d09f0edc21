/** The embedded store: one SQLite file, through the SQLite that Node brings. What is acknowledged is on disk (WAL, synchronous=FULL). */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { NewerData } from '@datamesh/service';

type Values = SQLInputValue[] | [Record<string, SQLInputValue>];

/** As Node's own, with rows of no type: what they hold is known to whoever wrote the SQL. */
export interface Statement {
  get(...values: Values): unknown;
  all(...values: Values): unknown[];
  run(...values: Values): { changes: number };
}

export interface Database extends Pick<DatabaseSync, 'exec' | 'close' | 'isOpen' | 'isTransaction'> {
  prepare(sql: string): Statement;
}

/** Opens or creates the file and its folder; `:memory:` is not offered, because several connections could not share it. */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true });
  // Integers are numbers here, never bigints, so that the count of changes is one as well.
  const database = new DatabaseSync(file, { timeout: 5000 }) as Database;
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;');
  database.exec('CREATE TABLE IF NOT EXISTS migrations (room TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (room, step)) STRICT');
  return database;
}

/** Rooms that have brought a database up to date, by database. */
const rooms = new WeakMap<Database, Set<string>>();

/** SQL, or what takes more than SQL to bring existing data over; either within the transaction of the others. */
export type Step = string | ((database: Database) => void);

/**
 * Runs each step of a room once, in order, for ever: never edit a released one, add another at the end. Throws NewerData where
 * more were run than these.
 */
export function migrate(database: Database, room: string, steps: readonly Step[]): void {
  rooms.set(database, (rooms.get(database) ?? new Set()).add(room));
  const newest = database.prepare('SELECT max(step) AS step FROM migrations WHERE room = ?');
  const { step: last } = newest.get(room) as { step: number | null };
  if (last !== null && last >= steps.length) throw newer(database, `${room}, step ${last + 1}`, `${steps.length} steps`);
  const known = database.prepare('SELECT 1 AS known FROM migrations WHERE room = ? AND step = ?');
  const note = database.prepare('INSERT INTO migrations (room, step) VALUES (?, ?)');
  atomically(database, () => {
    steps.forEach((run, step) => {
      if (known.get(room, step)) return;
      if (typeof run === 'string') database.exec(run);
      else run(database);
      note.run(room, step);
    });
  });
}

/** Once every room is open: throws NewerData where the database has rooms that this version does not know. */
export function refuseUnknownModules(database: Database): void {
  const all = database.prepare('SELECT DISTINCT room FROM migrations ORDER BY room').all() as { room: string }[];
  const unknown = all.map(({ room }) => room).filter((room) => !rooms.get(database)?.has(room));
  if (unknown.length > 0) throw newer(database, `it keeps ${unknown.join(', ')}`, 'nothing of that');
}

function newer(database: Database, found: string, known: string): NewerData {
  const { file: where } = database.prepare('PRAGMA database_list').get() as { file: string };
  return new NewerData({ program: 'the registry', where, found, known });
}

/** One write transaction; everything in it happens or nothing does. The work is synchronous, so nothing comes in between. */
export function atomically<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite itself ends the transaction when the disk is full: a ROLLBACK that is refused would hide why.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
