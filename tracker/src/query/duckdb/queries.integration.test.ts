import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Erasure, StoredEvent } from '../../events/event';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { Database } from '../../storage/database';
import { goldenAnswers } from '../../testing/golden';
import { DuckDbQueries } from './queries';

async function openStore() {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-'));
  const database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
  const sink = new DuckDbSink(database, 'spool', () => undefined);
  let next = 0;
  return {
    database,
    engine: new DuckDbQueries(database),
    write: (events: readonly (StoredEvent | Erasure)[]) => {
      next += events.length;
      return sink.write(
        events.map((event) => Buffer.from(JSON.stringify(event))),
        next,
      );
    },
    close: async () => {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

goldenAnswers('duckdb', async (events, erasures) => {
  const store = await openStore();
  // Duplicates within one batch and across batches.
  await store.write(events.slice(0, 5));
  await store.write(events);
  await store.write(events.slice(3));
  await store.write(erasures);
  return store;
});

describe('queries on DuckDB', () => {
  it('end when nobody waits for them any more, and free their place for the next', async () => {
    const store = await openStore();
    const aborts = Array.from({ length: 5 }, () => new AbortController());
    // More than there are readers, so that some are interrupted while they run and some while they queue.
    const running = aborts.map((controller) =>
      store.database.read(controller.signal, (connection) => connection.run('SELECT count(*) FROM range(1000000000000)')),
    );
    for (const controller of aborts) controller.abort();
    const results = await Promise.allSettled(running);
    expect(results.map((result) => result.status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    await store.engine.check(new AbortController().signal);
    await store.close();
  });
});
