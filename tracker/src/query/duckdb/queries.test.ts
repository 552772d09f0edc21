import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Erasure, StoredEvent } from '../../collect/event';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { Database } from '../../storage/database';
import { asking, goldenAnswers, storedEvent } from '../golden';
import type { Scope } from '../port';
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
  const START = Date.parse('2026-01-01T00:00:00Z');
  const event = fc.record({
    ts: fc.integer({ min: START, max: START + 5000 }),
    event_name: fc.constantFrom('view', 'dwell', 'signup'),
    visitor_id: fc.constantFrom('a', 'b', 'c'),
    session_id: fc.constantFrom('1', '2', '3', '4'),
    path: fc.option(fc.constantFrom('/', '/b', '/ü')),
    dwell_ms: fc.option(fc.integer({ min: 0, max: 1000 })),
  });

  it('agree with counting one by one', async () => {
    const store = await openStore();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 5000 }), async (drawn, length) => {
        const site = `site-${run++}`;
        const events = drawn.map((fields) => storedEvent({ ...fields, site_id: site }));
        await store.write(events);
        const scope: Scope = { site, from: START, to: START + length, filters: [] };
        const inside = events.filter(({ ts }) => ts >= scope.from && ts < scope.to);
        const views = inside.filter((each) => each.event_name === 'view');
        const stays = new Map<string, number>();
        for (const { event_name, session_id, dwell_ms } of inside)
          if (event_name === 'dwell' && dwell_ms !== null) stays.set(session_id, (stays.get(session_id) ?? 0) + dwell_ms);
        const sorted = [...stays.values()].sort((a, b) => a - b);
        expect(await store.engine.totals(scope, asking)).toEqual({
          visitors: new Set(inside.map((each) => each.visitor_id)).size,
          views: views.length,
          sessions: new Set(inside.map((each) => each.session_id)).size,
          medianDwellMs: sorted[Math.ceil(sorted.length / 2) - 1] ?? null,
        });
        const even = Array.from({ length: 5 }, (_, index) => START + index * 1000);
        const uneven = [START, START + 700, START + 2500];
        for (const starts of [even, uneven]) {
          const series = await store.engine.series(scope, starts, asking);
          expect(series.reduce((sum, point) => sum + point.views, 0)).toBe(views.length);
          for (const { start, views: counted } of series) {
            const end = starts[starts.indexOf(start) + 1] ?? scope.to;
            expect(counted).toBe(views.filter(({ ts }) => ts >= start && ts < end).length);
          }
        }
        const top = await store.engine.top(scope, 'path', 10, asking);
        for (const { value, views: counted } of top) expect(counted).toBe(views.filter(({ path }) => path === value).length);
      }),
      { numRuns: 40 },
    );
    await store.close();
  });

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
