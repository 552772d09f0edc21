/** A database that a newer registry has written to: the service does not start on it, and leaves it as it is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NewerData } from '@datamesh/service';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock';
import { readConfig } from '../config';
import { startServer } from '../server';
import { freshMongoUrl, stores } from '../testing/stores';
import { openMongo, openSqlite } from './storage';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newer-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function start(env: Record<string, string> = {}): Promise<void> {
  const config = { ...readConfig({ DATAMESH_DEV_ISSUER: '1', DATA_DIR: folder, ...env }), port: 0 };
  await (await startServer(config, pino({ level: 'silent' }), systemClock)).stop();
}

/** Why it does not start. */
const reason = async (env: Record<string, string> = {}): Promise<unknown> => start(env).catch((error: unknown) => error);

function expectRefusal(error: unknown, where: string, found: string): void {
  expect(error).toBeInstanceOf(NewerData);
  const said = (error as NewerData).message;
  expect(said).toContain(`${where} was written by a newer version of the registry (${found}; this version knows `);
  expect(said).toMatch(/\)\. Start that version again, or restore a backup from before the upgrade: docs\/operations\.md$/);
  expect(said).not.toContain('\n');
}

describe('data of a newer version', { timeout: 60_000 }, () => {
  it.each([
    ['a step of a room', "INSERT INTO migrations VALUES ('layouts', 98)", 'layouts, step 99'],
    ['a room', "INSERT INTO migrations VALUES ('forecasts', 0)", 'it keeps forecasts'],
  ])('on SQLite: %s that this version does not know', async (_, statement, found) => {
    await start();
    const file = join(folder, 'registry.db');
    const storage = openSqlite(file);
    if (storage.kind === 'sqlite') storage.database.exec(statement);
    await storage.close();
    expectRefusal(await reason(), file, found);
  });

  it.skipIf(!stores().some(({ name }) => name === 'mongo'))('on MongoDB: a schema that this version does not know', async () => {
    const url = freshMongoUrl();
    await start({ MONGO_URL: url });
    const storage = await openMongo(url);
    if (storage.kind !== 'mongo') throw new Error('this is about MongoDB');
    const marks = storage.connection.collection<{ _id: string; version: number }>('schema');
    await marks.updateOne({ _id: 'registry' }, { $set: { version: 99 } });
    expectRefusal(await reason({ MONGO_URL: url }), `The database ${storage.connection.name}`, 'schema version 99');
    expect(await marks.findOne({ _id: 'registry' })).toMatchObject({ version: 99 });
    await storage.connection.dropDatabase();
    await storage.close();
  });
});
