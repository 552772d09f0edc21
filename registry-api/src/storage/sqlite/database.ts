/** The embedded store: one SQLite file through libsql. What is acknowledged is on disk (WAL, synchronous=FULL). */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';

export type Database = Libsql.Database;

/** Opens or creates the file and its folder; `:memory:` is not offered, because several connections could not share it. */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Libsql(file, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;');
  database.exec('CREATE TABLE IF NOT EXISTS migrations (room TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (room, step)) STRICT');
  return database;
}

/** Runs each statement of a room once, in order, for ever: never edit a released one, add another at the end. */
export function migrate(database: Database, room: string, statements: readonly string[]): void {
  const known = database.prepare('SELECT 1 AS known FROM migrations WHERE room = ? AND step = ?');
  const note = database.prepare('INSERT INTO migrations (room, step) VALUES (?, ?)');
  atomically(database, () => {
    statements.forEach((statement, step) => {
      if (known.get(room, step)) return;
      database.exec(statement);
      note.run(room, step);
    });
  });
}

/** One write transaction; everything in it happens or nothing does. The work is synchronous, so nothing comes in between. */
export function atomically<T>(database: Database, work: () => T): T {
  return database.transaction(work).immediate();
}
