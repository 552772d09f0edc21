/**
 * The stores that every contract suite runs on: `describe.each(stores())('… on $name', ({ open }) => …)`.
 * SQLite always; MongoDB when the test run found a server (TEST_MONGO_URL). With CI=true a missing server is an error.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMongo, openSqlite, type Storage } from '../storage/storage';

export interface StoreUnderTest {
  name: 'sqlite' | 'mongo';
  /** A fresh, empty database; `close` removes it. */
  open(): Promise<Storage>;
}

export function stores(): StoreUnderTest[] {
  const url = process.env['TEST_MONGO_URL'];
  if (url)
    return [
      { name: 'sqlite', open: freshSqlite },
      { name: 'mongo', open: () => freshMongo(url) },
    ];
  if (process.env['CI'] === 'true') throw new Error('TEST_MONGO_URL is not set: with CI=true the MongoDB suites may not be skipped');
  return [{ name: 'sqlite', open: freshSqlite }];
}

async function freshSqlite(): Promise<Storage> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const storage = openSqlite(join(folder, 'registry.db'));
  return {
    ...storage,
    close: async () => {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the server of the test run. */
export function freshMongoUrl(server = process.env['TEST_MONGO_URL'] ?? ''): string {
  const own = new URL(server);
  own.pathname = `/test-${randomBytes(6).toString('hex')}`;
  return own.toString();
}

/** `url`: of the server, with options of the connection. */
export async function freshMongo(url: string): Promise<Storage> {
  const storage = await openMongo(freshMongoUrl(url));
  if (storage.kind !== 'mongo') return storage;
  return {
    ...storage,
    close: async () => {
      await storage.connection.dropDatabase();
      await storage.close();
    },
  };
}
