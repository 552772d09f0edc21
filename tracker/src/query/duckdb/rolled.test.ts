/** Sums by the hour answer as the events do, whatever order they come in, twice or late, and whoever is erased. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { Database } from '../../storage/database';
import { asking, goldenAnswers, storedEvent } from '../golden';
import type { Scope } from '../port';
import { seriesOfEvents, topOfEvents } from './counts';
import { DuckDbQueries } from './queries';
import { readerOf } from './read';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const payload = (record: object): Buffer => Buffer.from(JSON.stringify(record));

async function openStore(now: () => number) {
  const folder = await mkdtemp(join(tmpdir(), 'rolled-'));
  const database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '500MB', schema: SCHEMA });
  const sink = new DuckDbSink(database, 'spool', () => undefined, now);
  let next = 0;
  return {
    database,
    sink,
    engine: new DuckDbQueries(database),
    write: (records: readonly object[]) => sink.write(records.map(payload), ++next),
    close: async () => {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

const until = async (database: Database, site: string): Promise<number | null> => {
  const rows = await readerOf(database)('SELECT hour FROM rolled_to WHERE site_id = $site', { site }, asking.signal);
  return typeof rows[0]?.[0] === 'number' ? rows[0][0] : null;
};

goldenAnswers('duckdb with sums by the hour', async (events, erasures) => {
  const store = await openStore(() => Date.parse('2026-04-01T00:00:00Z'));
  await store.write(events.slice(0, 7));
  while (await store.sink.rollUp());
  await store.write(events);
  while (await store.sink.rollUp());
  await store.write(erasures);
  while (await store.sink.rollUp());
  return store;
});

describe('sums by the hour', () => {
  let store: Awaited<ReturnType<typeof openStore>>;
  let now = START;
  beforeAll(async () => {
    store = await openStore(() => now);
  });
  afterAll(() => store.close());

  const event = fc.record({
    // Around the hours as well as on them.
    ts: fc.tuple(fc.nat(71), fc.constantFrom(0, 1, 600_000, HOUR - 1)).map(([hour, within]) => START + hour * HOUR + within),
    event_name: fc.constantFrom('view', 'view', 'dwell', 'signup'),
    visitor_id: fc.constantFrom('a', 'b', 'c', 'd', "o'e"),
    path: fc.option(fc.constantFrom('/', '/b', '/ü', '')),
    dwell_ms: fc.option(fc.nat(1000)),
  });
  type Step = { write: object[] } | { erase: string } | { rollAt: number } | { again: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ write: fc.array(event, { minLength: 1, maxLength: 12 }) }) },
    { weight: 1, arbitrary: fc.record({ again: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ erase: fc.constantFrom('a', 'b', "o'e") }) },
    { weight: 3, arbitrary: fc.record({ rollAt: fc.nat(80).map((hour) => START + hour * HOUR) }) },
  );
  const bound = fc.tuple(fc.nat(72), fc.constantFrom(0, 0, 1, 600_000, HOUR - 1)).map(([hour, within]) => START + hour * HOUR + within);

  const roll = fc.record({ rollAt: fc.integer({ min: 30, max: 80 }).map((hour) => START + hour * HOUR) });
  const steps = fc
    .tuple(fc.array(step, { minLength: 1, maxLength: 5 }), roll, fc.array(step, { maxLength: 5 }))
    .map(([before, between, after]): Step[] => [...before, between, ...after]);

  it('answer as the events do', async () => {
    const read = readerOf(store.database);
    let run = 0;
    let used = 0;
    await fc.assert(
      fc.asyncProperty(steps, fc.array(fc.tuple(bound, bound), { minLength: 3, maxLength: 3 }), async (taken, ranges) => {
        await store.database.write(async (connection) => {
          for (const table of [
            'events',
            'rolled_to',
            'rolled_visitors',
            'rolled_hours',
            'rolled_page_visitors',
            'rolled_pages',
            'rolled_page_days',
          ])
            await connection.run(`DELETE FROM ${table}`);
        });
        now = START;
        const site = `s${run++}`;
        const written: object[] = [];
        for (const each of taken) {
          if ('write' in each) {
            const events = each.write.map((fields) => storedEvent({ ...(fields as { ts: number }), site_id: site }));
            written.push(...events);
            await store.write(events);
          } else if ('again' in each) await store.write(written.slice(each.again, each.again + 3));
          else if ('erase' in each) await store.write([{ kind: 'erasure', site_id: site, visitor_ids: [each.erase], at: now }]);
          else {
            now = each.rollAt;
            await store.sink.rollUp();
          }
        }
        const rolled = await until(store.database, site);
        for (const [one, other] of [[START, START + 80 * HOUR] as const, ...ranges]) {
          const scope: Scope = { site, from: Math.min(one, other), to: Math.max(one, other) + 1, filters: [] };
          if (rolled !== null && Math.min(rolled, Math.floor(scope.to / HOUR)) - Math.ceil(scope.from / HOUR) >= 12) used++;
          for (const hours of [1, 3, 24]) {
            const starts: number[] = [];
            for (let start = Math.floor(scope.from / (hours * HOUR)) * hours * HOUR; start < scope.to; start += hours * HOUR)
              starts.push(start);
            expect(await store.engine.series(scope, starts, asking)).toEqual(await seriesOfEvents(read, scope, starts, asking.signal));
          }
          for (const limit of [1, 2, 10])
            expect(await store.engine.top(scope, 'path', limit, asking)).toEqual(
              await topOfEvents(read, scope, 'path', limit, asking.signal),
            );
          const visitors = async (to: number) =>
            Number(
              (
                await read(
                  'SELECT count(DISTINCT visitor_id) FROM events WHERE site_id = $site AND ts >= $from AND ts < $to',
                  { site, from: BigInt(scope.from), to: BigInt(to) },
                  asking.signal,
                )
              )[0]?.[0],
            );
          expect((await store.engine.totals(scope, asking)).visitors).toBe(await visitors(scope.to));
          expect(await store.engine.visitors({ ...scope, to: Number.MAX_SAFE_INTEGER }, asking)).toBe(
            await visitors(Number.MAX_SAFE_INTEGER),
          );
        }
      }),
      { numRuns: 30 },
    );
    // What is shown to agree has to be the sums.
    expect(used).toBeGreaterThan(10);
  }, 300_000);

  it('hold settled hours only, step back for a late event, and come forward again', async () => {
    const write = (hour: number) => store.write([storedEvent({ site_id: 'late', ts: START + hour * HOUR })]);
    const hour = START / HOUR;
    await write(1);
    await write(20);
    now = START + 22 * HOUR + 9 * 60_000;
    await store.sink.rollUp();
    expect(await until(store.database, 'late')).toBe(hour + 21);
    await write(5);
    expect(await until(store.database, 'late')).toBe(hour + 5);
    await store.sink.rollUp();
    expect(await until(store.database, 'late')).toBe(hour + 21);
  });

  it('are kept up by writing alone', async () => {
    now = START + 30 * HOUR;
    await store.write([storedEvent({ site_id: 'own', ts: START })]);
    now += HOUR;
    await store.write([storedEvent({ site_id: 'own', ts: now })]);
    expect(await until(store.database, 'own')).toBe(START / HOUR + 30);
  });

  it('know nothing of drops, which are no events of a site', async () => {
    now = START + 40 * HOUR;
    await store.write([storedEvent({ site_id: 'own/dropped', ts: START, event_name: 'bot', dropped: 3 })]);
    await store.sink.rollUp();
    expect(await until(store.database, 'own/dropped')).toBeNull();
  });
});
