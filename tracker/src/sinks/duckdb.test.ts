import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedEvent } from '../query/golden';
import { Database } from '../storage/database';
import { DuckDbSink, SCHEMA } from './duckdb';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sink-'));
});
afterAll(() => rm(folder, { recursive: true }));

const openDatabase = (name: string) => Database.open({ file: join(folder, name), memoryLimit: '500MB', schema: SCHEMA });
const ignore = (): void => undefined;
const payload = (fields: Parameters<typeof storedEvent>[0]): Buffer => Buffer.from(JSON.stringify(storedEvent(fields)));

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
        const event = storedEvent({ ts, path, props, dwell_ms: 3 });
        await sink.write([Buffer.from(JSON.stringify(event))], ++next);
        const result = await database.read(new AbortController().signal, (connection) =>
          connection.runAndReadAll('SELECT * FROM events WHERE event_id = $id::UUID', { id: event.event_id }),
        );
        const [row] = result.getRowObjectsJson();
        expect(row).toEqual({ ...event, ts: String(ts), received_ts: String(ts), dwell_ms: '3' });
      }),
      { numRuns: 30 },
    );
    database.close();
  });

  it('leaves out a record that is no event, says so, and takes the rest', async () => {
    const database = await openDatabase('poison');
    const rejected: string[] = [];
    const sink = new DuckDbSink(database, 'spool', (bad) => rejected.push(bad.toString()));
    const written = await sink.write([payload({ ts: 1 }), Buffer.from('not json'), Buffer.from('{"event_id":"x"}'), payload({ ts: 2 })], 9);
    expect(written).toEqual({ inserted: 2, duplicates: 0, rejected: 2 });
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
});
