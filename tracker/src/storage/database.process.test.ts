import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  Database.open({
    file: join(folder, 'x'),
    memoryLimit: '200MB',
    schema: {
      version: 1,
      statements: ['CREATE TABLE IF NOT EXISTS t (batch INT, text VARCHAR)', "SET GLOBAL checkpoint_threshold = '1MB'"],
    },
  });
const { signal } = new AbortController();
const select = async (database: Database, sql: string) =>
  (await database.read(signal, (connection) => connection.runAndReadAll(sql))).getRows();
const SLOW = 'SELECT count(*) FROM range(100000) a(x), range(100000) b(y) WHERE x * y % 7 = 3';

describe('database', () => {
  it('lets two read at a time, and gives the place of one that is aborted to the next', async () => {
    const database = await open();
    const first = new AbortController();
    const slow = [first, first].map(({ signal }) =>
      database.read(signal, (connection) => connection.runAndReadAll(SLOW)).catch(() => 'ended'),
    );
    const leaves = new AbortController();
    const left = database.read(leaves.signal, (connection) => connection.run('SELECT 1')).catch(() => 'left');
    const waits = select(database, 'SELECT 42');
    leaves.abort();
    expect(await left).toBe('left');
    first.abort();
    expect(await Promise.all(slow)).toEqual(['ended', 'ended']);
    expect(await waits).toEqual([[42]]);
    database.close();
  });

  it('reads as of one moment where it is asked to, and reads on after such a reading was aborted', async () => {
    const database = await open();
    const add = (batch: number) => database.write((connection) => connection.run(`INSERT INTO t VALUES (${batch}, '')`));
    await add(1);
    const seen = await database.snapshot(signal, async (connection) => {
      const count = async () => (await connection.runAndReadAll('SELECT count(*) FROM t')).getRows()[0]?.[0];
      const before = await count();
      await add(2);
      return [before, await count()];
    });
    expect(seen).toEqual([1n, 1n]);
    for (let reader = 0; reader < 3; reader++) {
      const leaves = new AbortController();
      const left = database.snapshot(leaves.signal, (connection) => connection.runAndReadAll(SLOW)).catch(() => 'left');
      leaves.abort();
      expect(await left).toBe('left');
    }
    const counted = () => database.snapshot(signal, (connection) => connection.runAndReadAll('SELECT count(*) FROM t'));
    for (const result of await Promise.all([counted(), counted(), counted()])) expect(result.getRows()).toEqual([[2n]]);
    database.close();
  });

  it('writes one transaction after the other, in the order of the calls, also after one that failed', async () => {
    const database = await open();
    const add = (batch: number) =>
      database.write((connection) => connection.run(`INSERT INTO t SELECT ${batch}, count(*)::VARCHAR FROM t`));
    const all = await Promise.allSettled([add(1), database.write(() => Promise.reject(new Error('no'))), add(2), add(3)]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await select(database, 'SELECT batch, text FROM t ORDER BY batch')).toEqual([
      [1, '0'],
      [2, '1'],
      [3, '2'],
    ]);
    database.close();
  });

  // The kernel refuses to let files grow, as a full disk would: DuckDB gives its instance up when a checkpoint fails.
  it.runIf(process.platform === 'linux')(
    'is opened again after a fatal error, with every batch whole or absent, whoever was reading',
    async () => {
      const database = await open();
      const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
      const write = (batch: number) =>
        database.write((connection) =>
          connection.run(`INSERT INTO t SELECT ${batch}, md5(random()::VARCHAR) || md5(random()::VARCHAR) FROM range(1000)`),
        );
      const written: number[] = [];
      const failures: string[] = [];
      const readings: string[] = [];
      const attempt = (batch: number) =>
        write(batch).then(
          () => written.push(batch),
          (error: unknown) => failures.push(String(error)),
        );
      let batch = 0;
      // A little room above what earlier checkpoints have taken: the log before the next one fits, the next one does not.
      const size = () => stat(join(folder, 'x')).then((file) => file.size);
      while ((await size()) < 3_000_000) await attempt(batch++);
      let done = false;
      const reading = Promise.all(
        [1, 2, 3].map(async () => {
          while (!done)
            await select(database, 'SELECT count(*) FROM t, range(30)').then(
              () => readings.push('answered'),
              (error: unknown) => readings.push(String(error)),
            );
        }),
      );
      limit(String((await size()) + 100_000));
      try {
        while (!failures.some((failure) => failure.includes('FATAL')) && batch < 1000) await attempt(batch++);
        await attempt(batch++);
      } finally {
        limit('unlimited');
      }
      expect(failures.some((failure) => failure.includes('FATAL'))).toBe(true);
      while (written.at(-1) !== batch - 1) await attempt(batch++);
      done = true;
      await reading;
      expect(readings).toContain('answered');

      const batches = new Map((await select(database, 'SELECT batch, count(*) FROM t GROUP BY batch')).map(([key, count]) => [key, count]));
      expect(written.filter((one) => batches.get(one) !== 1000n)).toEqual([]);
      expect([...batches.values()].filter((count) => count !== 1000n)).toEqual([]);
      database.close();
      const again = await open();
      expect(await select(again, 'SELECT count(DISTINCT batch) FROM t')).toEqual([[BigInt(batches.size)]]);
      again.close();
    },
    120_000,
  );
});
