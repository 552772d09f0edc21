import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../storage/database';
import { storedEvent } from '../testing/golden';
import { COLUMNS } from './columns';
import { DuckDbSink, SCHEMA } from './duckdb';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sink-'));
});
afterAll(() => rm(folder, { recursive: true }));

const openDatabase = (name: string) => Database.open({ file: join(folder, name), memoryLimit: '500MB', schema: SCHEMA });
const ignore = (): void => undefined;
const payload = (fields: Parameters<typeof storedEvent>[0]): Buffer => Buffer.from(JSON.stringify(storedEvent(fields)));
const select = async (database: Database, sql: string) =>
  (await database.read(new AbortController().signal, (connection) => connection.runAndReadAll(sql))).getRows();

describe('DuckDB sink', () => {
  it('keeps its position with the rows, over a restart', async () => {
    const database = await openDatabase('position');
    const sink = new DuckDbSink(database, 'spool', ignore);
    expect(await sink.position()).toBeNull();
    await sink.write([payload({ ts: 1 })], 500);
    database.close();
    const again = await openDatabase('position');
    expect(await new DuckDbSink(again, 'spool', ignore).position()).toBe(500);
    again.close();
  });

  it('removes duplicates exactly, per site and id, however the batches fall', async () => {
    const database = await openDatabase('duplicates');
    const sink = new DuckDbSink(database, 'spool', ignore);
    const ids = Array.from({ length: 12 }, (_, index) => `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`);
    const event = fc.record({ event_id: fc.constantFrom(...ids), site_id: fc.constantFrom('a', 'b') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { minLength: 1, maxLength: 10 }), { maxLength: 5 }), async (batches) => {
        await database.write((connection) => connection.run('DELETE FROM events'));
        const unique = new Set<string>();
        let inserted = 0;
        let total = 0;
        for (const batch of batches) {
          const written = await sink.write(
            batch.map((fields) => payload({ ts: 1, ...fields })),
            1,
          );
          inserted += written.inserted;
          total += written.inserted + written.duplicates;
          for (const { site_id, event_id } of batch) unique.add(`${site_id}/${event_id}`);
        }
        expect(inserted).toBe(unique.size);
        expect(total).toBe(batches.flat().length);
      }),
      { numRuns: 30 },
    );
    database.close();
  });

  it('stores every field as it came, whatever text it holds', async () => {
    const database = await openDatabase('fields');
    const sink = new DuckDbSink(database, 'spool', ignore);
    const strings = fc.string({ unit: 'grapheme', maxLength: 50 });
    let next = 0;
    await fc.assert(
      fc.asyncProperty(strings, strings, fc.integer({ min: 0, max: 2 ** 48 - 1 }), async (path, props, ts) => {
        const event = storedEvent({ ts, path, props, dwell_ms: 3, load_ms: 120, dropped: null });
        await sink.write([Buffer.from(JSON.stringify(event))], ++next);
        const result = await database.read(new AbortController().signal, (connection) =>
          connection.runAndReadAll('SELECT * FROM events WHERE event_id = $id::UUID', { id: event.event_id }),
        );
        const [row] = result.getRowObjectsJson();
        expect(row).toEqual({ ...event, ts: String(ts), received_ts: String(ts), dwell_ms: '3', load_ms: '120', dropped: null });
      }),
      { numRuns: 30 },
    );
    database.close();
  });

  it('takes over a file of before there were load times and drops', async () => {
    const old = Object.entries(COLUMNS).filter(([name]) => name !== 'load_ms' && name !== 'dropped');
    const before = await Database.open({
      file: join(folder, 'old'),
      memoryLimit: '500MB',
      schema: { version: 0, statements: [`CREATE TABLE events (${old.map(([name, type]) => `${name} ${type}`).join(', ')})`] },
    });
    await before.write((connection) => connection.run("INSERT INTO events (event_id, site_id, props) VALUES (uuid(), 'shop', 'old')"));
    before.close();
    const database = await openDatabase('old');
    await new DuckDbSink(database, 'spool', ignore).write([payload({ ts: 1, props: 'new', load_ms: 7, dropped: 8 })], 1);
    expect(await select(database, 'SELECT props, load_ms::INT, dropped::INT FROM events ORDER BY props DESC')).toEqual([
      ['old', null, null],
      ['new', 7, 8],
    ]);
    database.close();
  });

  it('erases what stands before an erasure in the log, of that site and those visitors, and nothing after it', async () => {
    const database = await openDatabase('erasure');
    const sink = new DuckDbSink(database, 'spool', ignore);
    const erasure = (...visitor_ids: string[]) => Buffer.from(JSON.stringify({ kind: 'erasure', site_id: 'shop', visitor_ids, at: 1 }));
    await sink.write(
      [payload({ ts: 1, visitor_id: 'anna', path: '/batch-before' }), payload({ ts: 1, visitor_id: 'ben', path: '/ben' })],
      1,
    );
    const written = await sink.write(
      [
        payload({ ts: 2, visitor_id: 'anna', path: '/before' }),
        payload({ ts: 2, visitor_id: 'anna', site_id: 'other', path: '/other-site' }),
        payload({ ts: 2, visitor_id: 'cleo', path: '/cleo' }),
        erasure('anna', 'cleo'),
        erasure(),
        payload({ ts: 2, visitor_id: 'anna', path: '/after' }),
      ],
      2,
    );
    expect(written).toEqual({ inserted: 4, duplicates: 0, deadLetters: 0, rejected: 0 });
    expect(await select(database, 'SELECT path FROM events ORDER BY path')).toEqual([['/after'], ['/ben'], ['/other-site']]);
    database.close();
  });

  it('does an erasure together with its position, or not at all', async () => {
    const database = await openDatabase('erasure-atomic');
    const sink = new DuckDbSink(database, 'spool', ignore);
    await sink.write([payload({ ts: 1, visitor_id: 'anna' })], 1);
    const broken = Buffer.from('{"kind":"erasure","site_id":"shop","visitor_ids":"anna","at":1}');
    const written = await sink.write([Buffer.from('{"kind":"erasure","site_id":"shop","visitor_ids":["nobody"],"at":1}'), broken], 2);
    expect(written).toEqual({ inserted: 0, duplicates: 0, deadLetters: 0, rejected: 1 });
    expect(await select(database, 'SELECT visitor_id FROM events')).toEqual([['anna']]);
    expect(await sink.position()).toBe(2);
    database.close();
  });

  it('leaves out a record that is no event, says so, and takes the rest', async () => {
    const database = await openDatabase('poison');
    const rejected: string[] = [];
    const sink = new DuckDbSink(database, 'spool', (bad) => rejected.push(bad.toString()));
    const written = await sink.write([payload({ ts: 1 }), Buffer.from('not json'), Buffer.from('{"event_id":"x"}'), payload({ ts: 2 })], 9);
    expect(written).toEqual({ inserted: 2, duplicates: 0, deadLetters: 0, rejected: 2 });
    expect(rejected).toEqual(['not json', '{"event_id":"x"}']);
    expect(await sink.position()).toBe(9);
    database.close();
  });

  it('leaves rows and position as they were when a write fails', async () => {
    const database = await openDatabase('rollback');
    const sink = new DuckDbSink(database, 'spool', ignore);
    await sink.write([payload({ ts: 1 })], 10);
    await expect(
      database.write(async (connection) => {
        await connection.run('DELETE FROM events');
        throw new Error('in the middle');
      }),
    ).rejects.toThrow('in the middle');
    expect(await sink.write([payload({ ts: 1 })], 20)).toMatchObject({ inserted: 1 });
    const count = await database.read(new AbortController().signal, (connection) =>
      connection.runAndReadAll('SELECT count(*) FROM events'),
    );
    expect(count.getRows()).toEqual([[2n]]);
    database.close();
  });

  it('takes events although their sums cannot be made, and says so', async () => {
    const database = await openDatabase('sums');
    const failures: string[] = [];
    const sink = new DuckDbSink(database, 'spool', ignore, Date.now, (error) => failures.push(String(error)));
    await database.write((connection) => connection.run('DROP TABLE summed_hours'));
    sink.keepSums();
    expect(await sink.write([payload({ ts: 1 })], 10)).toMatchObject({ inserted: 1 });
    expect(await sink.write([payload({ ts: 2 })], 20)).toMatchObject({ inserted: 1 });
    await expect.poll(() => failures).toEqual([expect.stringContaining('summed_hours')]);
    expect(await sink.write([payload({ ts: 3 })], 30)).toMatchObject({ inserted: 1 });
    expect(await sink.position()).toBe(30);
    expect(sink.behind()).toBe(3);
    // Once, and then again after a pause: not with every batch.
    expect(failures).toHaveLength(1);
    await sink.close();
    database.close();
  });
});
