/** A folder that a newer tracker has written to, as whoever starts this one on it sees it. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from './collect/uuid';
import { SCHEMA } from './sinks/duckdb';
import { Database } from './storage/database';
import { buildTracker, type Child, emptied, ready, spawnTracker } from './testing/process';
import { BROWSER } from './testing/tracker';

/** DuckDB's own, over the first block of a file without its first eight bytes. */
function checksum(block: Buffer): bigint {
  let sum = 5381n;
  for (let at = 8; at < 4096; at += 8) sum ^= BigInt.asUintN(64, block.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
  return sum;
}

describe('data of a newer version', { timeout: 240_000 }, () => {
  let built: string;
  /** As this version leaves it. */
  let written: string;
  /** A copy for each test. */
  let folder: string;
  const children: Child[] = [];
  beforeAll(async () => {
    built = await buildTracker('newer-data');
    written = await mkdtemp(join(tmpdir(), 'newer-data-'));
    folder = written;
    await write();
  }, 240_000);
  afterAll(() => {
    for (const path of [built, written]) rmSync(path, { recursive: true, force: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newer-data-'));
    cpSync(written, folder, { recursive: true });
  });
  afterEach(async () => {
    for (const { process, exit } of children.splice(0)) {
      process.kill('SIGKILL');
      await exit;
    }
    await rm(folder, { recursive: true });
  });

  async function start(): Promise<Child> {
    const port = await freePort();
    const child = spawnTracker(built, port, folder);
    children.push(child);
    return child;
  }
  /** One event in the spool and in the DuckDB file. */
  async function write(): Promise<void> {
    const tracker = await start();
    await ready(tracker);
    const sent = await fetch(`${tracker.url}/t/events`, {
      method: 'POST',
      headers: { 'user-agent': BROWSER, 'content-type': 'application/json' },
      body: JSON.stringify([{ site: 'shop', id: uuidv7(Date.now()), path: '/' }]),
    });
    expect(sent.headers.get('datamesh-event')).toBe('stored');
    await emptied(tracker);
    tracker.process.kill('SIGTERM');
    expect(await tracker.exit).toBe(0);
  }
  const contents = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes('lock'))
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('base64')]);

  const duckdb = () => join(folder, 'events.duckdb');
  const made: Record<string, { change(): Promise<void> | void; where: RegExp; found: RegExp }> = {
    'the DuckDB file': {
      change: async () => {
        (await Database.open({ file: duckdb(), memoryLimit: '200MB', schema: { ...SCHEMA, version: SCHEMA.version + 1 } })).close();
      },
      where: /events\.duckdb/,
      found: /data version 3; this version knows up to version 2/,
    },
    'a file of a newer DuckDB': {
      change: () => {
        const bytes = readFileSync(duckdb());
        bytes.writeBigUInt64LE(9999n, 12);
        bytes.writeBigUInt64LE(checksum(bytes), 0);
        writeFileSync(duckdb(), bytes);
      },
      where: /events\.duckdb/,
      found: /DuckDB storage 9999; this version knows storage \d+/,
    },
    ...Object.fromEntries(
      ['sessions.json', 'identity/salts.json', 'identity/erased.json', 'sinks/kafka.json'].map((name) => [
        name,
        {
          change: () => {
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), JSON.stringify({ version: 2, content: { of: 'tomorrow' } }));
          },
          where: new RegExp(`The file ${basename(name)}`),
          found: /data version 2; this version knows up to version 1/,
        },
      ]),
    ),
    'the spool': {
      change: () => {
        const [segment = ''] = readdirSync(join(folder, 'spool')).filter((name) => name.endsWith('.seg'));
        const file = join(folder, 'spool', segment);
        const bytes = readFileSync(file);
        bytes.write('DMSPOOL2', 'latin1');
        writeFileSync(file, bytes);
      },
      where: /The spool \(\d{16}\.seg\)/,
      found: /format 2; this version knows format 1/,
    },
  };

  it.each(Object.entries(made))(
    '%s: refuses to start with one line that says what to do, and changes nothing',
    async (_, { change, where, found }) => {
      await write();
      await change();
      const before = contents();
      const refused = await start();
      expect(await refused.exit).toBe(1);
      const said = refused.stderr();
      expect(said).toMatch(
        /^tracker: .* was written by a newer version of the tracker \(.*\)\. Start that version again, or restore a backup .*\n$/,
      );
      expect(said).toMatch(where);
      expect(said).toMatch(found);
      expect(contents()).toEqual(before);
    },
  );
});
