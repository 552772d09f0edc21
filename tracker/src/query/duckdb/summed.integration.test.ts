/** Sums answer as the events do, whatever order those come in, twice or late, whoever is erased, and wherever a write breaks off. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS } from '../../sinks/columns';
import { DuckDbSink, SCHEMA } from '../../sinks/duckdb';
import { catchUp } from '../../sinks/sums/fold';
import { Database } from '../../storage/database';
import { context, goldenAnswers, storedEvent } from '../../testing/golden';
import type { Scope } from '../port';
import { seriesOfEvents, topOfEvents, totalsOfEvents, visitorsOfEvents } from './counts';
import { DuckDbQueries } from './queries';
import { readerOf } from './read';
import { dwellOfEvents, sessionsOfEvents } from './visits';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const payload = (record: object): Buffer => Buffer.from(JSON.stringify(record));

/** A store whose writes break off at a statement of one's choice. */
async function openStore(file: string) {
  const database = await Database.open({ file, memoryLimit: '500MB', schema: SCHEMA });
  let left = Number.POSITIVE_INFINITY;
  const breaking = Object.create(database, {
    write: {
      value: <T>(run: (connection: DuckDBConnection) => Promise<T>) =>
        database.write((connection) =>
          run(
            new Proxy(connection, {
              get: (target, name) => {
                const member = Reflect.get(target, name) as unknown;
                if (typeof member !== 'function') return member;
                return (...values: unknown[]) => {
                  if ((name === 'run' || name === 'runAndReadAll') && left-- <= 0) throw new Error('broken off');
                  return Reflect.apply(member, target, values) as unknown;
                };
              },
            }),
          ),
        ),
    },
  }) as Database;
  const sink = new DuckDbSink(breaking, 'spool', () => undefined);
  let next = 0;
  return {
    database,
    sink,
    engine: new DuckDbQueries(database),
    read: readerOf(database),
    write: (records: readonly object[]) => sink.write(records.map(payload), ++next),
    /** Of the events that no sums were made of yet, a few. */
    portion: () => breaking.write((connection) => catchUp(connection, 5)),
    /** Breaks off after so many statements, and then does it again as a whole. */
    async broken(after: number, work: () => Promise<unknown>): Promise<void> {
      left = after;
      const failed = await work().then(
        () => false,
        () => true,
      );
      left = Number.POSITIVE_INFINITY;
      if (failed) await work();
    },
  };
}
type Store = Awaited<ReturnType<typeof openStore>>;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'summed-'));
});
afterAll(() => rm(folder, { recursive: true }));

const golden = (name: string, fill: (store: Store, events: object[], erasures: object[]) => Promise<void>): void =>
  goldenAnswers(`duckdb with sums, ${name}`, async (events, erasures) => {
    const store = await openStore(join(await mkdtemp(join(tmpdir(), 'golden-')), 'events.duckdb'));
    await fill(store, events, erasures);
    return { engine: store.engine, close: async () => store.database.close() };
  });
golden('of everything', async ({ sink, write }, events, erasures) => {
  await write(events.slice(0, 7));
  await sink.foldSums();
  await write(events);
  await sink.foldSums();
  await write(erasures);
});
golden('of some, while the rest waits', async ({ sink, write }, events, erasures) => {
  await write(events.filter((_, index) => index % 2 === 0));
  await sink.foldSums();
  await write(events.filter((_, index) => index % 3 !== 0).reverse());
  await write(erasures);
  await write(events.filter((event) => !('site_id' in event) || event.site_id !== 'gone'));
});

/** All that the engine answers from sums is what it answers from the events. */
async function agrees({ engine, read }: Store, scope: Scope): Promise<void> {
  const { signal } = context;
  expect(await engine.totals(scope, context)).toEqual(await totalsOfEvents(read, scope, signal));
  const endless = { ...scope, to: Number.MAX_SAFE_INTEGER };
  expect(await engine.visitors(endless, context)).toBe(await visitorsOfEvents(read, endless, signal));
  for (const hours of [1, 24]) {
    const even: number[] = [];
    for (let start = Math.floor(scope.from / (hours * HOUR)) * hours * HOUR; start < scope.to; start += hours * HOUR) even.push(start);
    // As where clocks change: one bucket is longer.
    const uneven = even.filter((_, index) => index !== 1);
    for (const starts of [even, uneven])
      expect(await engine.series(scope, starts, context)).toEqual(await seriesOfEvents(read, scope, starts, signal));
  }
  for (const limit of [1, 10])
    expect(await engine.top(scope, 'path', limit, context)).toEqual(await topOfEvents(read, scope, 'path', limit, signal));
  expect(await engine.sessions(scope, 100, context)).toEqual(await sessionsOfEvents(read, scope, 100, signal));
  expect(await engine.dwell(scope, context)).toEqual(await dwellOfEvents(read, scope, signal));
}

/** Each visitor's hours are linked one to the other, none stands there twice, and they are counted right. */
async function linked({ read }: Store): Promise<void> {
  for (const table of ['summed_visitors', 'summed_page_visitors'])
    expect(
      await read(
        `SELECT * FROM ${table} QUALIFY previous IS DISTINCT FROM coalesce(lag(hour) OVER (PARTITION BY visitor ORDER BY hour), -1)
          OR count(*) OVER (PARTITION BY visitor, hour) > 1`,
        {},
        context.signal,
      ),
    ).toEqual([]);
  const counts = [
    ['summed_hour_visitors', 'hour, previous', 'summed_visitors'],
    ['summed_page_day_visitors', 'hour // 24 AS day, page, previous', 'summed_page_visitors WHERE previous < hour // 24 * 24'],
  ] as const;
  for (const [table, keys, rows] of counts) {
    const counted = `SELECT site_id, ${keys}, count(*) AS visitors FROM ${rows} GROUP BY ALL`;
    const kept = `FROM ${table} WHERE visitors <> 0`;
    expect(await read(`(${counted} EXCEPT ALL ${kept}) UNION ALL (${kept} EXCEPT ALL ${counted})`, {}, context.signal)).toEqual([]);
  }
}

describe('sums', () => {
  const within = fc.constantFrom(0, 1, 600_000, HOUR - 1);
  let millisecond = 0;
  const event = fc.record({
    // Around the hours as well as on them; never two at once, so that a session has one first page.
    ts: fc.tuple(fc.nat(71), within).map(([hour, ms]) => START + hour * HOUR + ms + (millisecond++ % 500) * 7),
    event_name: fc.constantFrom('view', 'view', 'dwell', 'signup'),
    visitor_id: fc.constantFrom('a', 'b', 'c', 'd', "o'e"),
    session_id: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
    path: fc.option(fc.constantFrom('/', '/b', '/ü', '')),
    dwell_ms: fc.option(fc.nat(1000)),
  });
  type Step = { write: object[] } | { erase: string } | { fold: true } | { portion: true } | { again: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ write: fc.array(event, { minLength: 1, maxLength: 12 }) }) },
    { weight: 1, arbitrary: fc.record({ again: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ erase: fc.constantFrom('a', 'b', "o'e") }) },
    { weight: 3, arbitrary: fc.constant({ fold: true as const }) },
  );
  const breaking = fc.option(fc.nat(40));
  const some = (most: number) => fc.array(fc.tuple(step, breaking), { maxLength: most });
  const written = fc.tuple(fc.record({ write: fc.array(event, { minLength: 1, maxLength: 12 }) }), breaking);
  // Something is in the sums at the end, and something waits.
  const steps = fc
    .tuple(some(3), written, breaking, some(3), written)
    .map(([before, first, at, between, last]): [Step, number | null][] => [...before, first, [{ fold: true }, at], ...between, last]);
  const bound = fc.tuple(fc.nat(72), within).map(([hour, ms]) => START + hour * HOUR + ms);
  const ranges = fc.array(fc.tuple(bound, bound), { minLength: 1, maxLength: 1 });

  async function take(store: Store, site: string, taken: readonly [Step, number | null][]): Promise<void> {
    const written: object[] = [];
    for (const [each, breaksAt] of taken) {
      const work = async (): Promise<unknown> => {
        if ('write' in each) {
          return store.write(events);
        }
        if ('again' in each) return store.write(written.slice(each.again, each.again + 3));
        if ('erase' in each) return store.write([{ kind: 'erasure', site_id: site, visitor_ids: [each.erase], at: START }]);
        return 'portion' in each ? store.portion() : store.sink.foldSums();
      };
      const events = 'write' in each ? each.write.map((fields) => storedEvent({ ...(fields as { ts: number }), site_id: site })) : [];
      if ('again' in each && written.slice(each.again, each.again + 3).length === 0) continue;
      await (breaksAt === null ? work() : store.broken(breaksAt, work));
      written.push(...events);
    }
  }

  const scopesOf = (site: string, drawn: readonly (readonly [number, number])[]): Scope[] =>
    [[START, START + 80 * HOUR] as const, ...drawn].map(([one, other]) => ({
      site,
      from: Math.min(one, other),
      to: Math.max(one, other) + 1,
      filters: [],
    }));

  it('answer as the events do', async () => {
    const store = await openStore(join(folder, 'property'));
    let run = 0;
    let [summed, waited] = [0, 0];
    await fc.assert(
      fc.asyncProperty(steps, ranges, async (taken, drawn) => {
        const site = `s${run++}`;
        await take(store, site, taken);
        for (const scope of scopesOf(site, drawn)) await agrees(store, scope);
        await linked(store);
        const [[inSums, inWait] = []] = await store.read(
          'SELECT (SELECT count(*) FROM summed_sessions WHERE site_id = $site), (SELECT count(*) FROM pending WHERE site_id = $site)',
          { site },
          context.signal,
        );
        if (Number(inSums) > 0) summed++;
        if (Number(inWait) > 0) waited++;
      }),
      { numRuns: 15, endOnFailure: true },
    );
    // What is shown to agree has to be the sums, and what waits for them.
    expect(summed).toBeGreaterThan(5);
    expect(waited).toBe(run);
    store.database.close();
  }, 300_000);

  it('are made of the events of a file of before there were any, a portion at a time, while more comes and somebody is erased', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 40 }), steps, ranges, async (before, taken, drawn) => {
        const file = join(folder, `earlier-${run++}`);
        const earlier = await Database.open({ file, memoryLimit: '500MB', schema: EARLIER });
        await earlier.write(async (connection) => {
          for (const fields of before)
            await connection.run('INSERT INTO events SELECT unnest(from_json($event, $type), max_depth := 2)', {
              event: JSON.stringify([storedEvent({ ...fields, site_id: 'old' })]),
              type: JSON.stringify([COLUMNS]),
            });
          await connection.run("INSERT INTO rolled_to VALUES ('old', 12)");
        });
        earlier.close();
        const store = await openStore(file);
        const scopes = scopesOf('old', drawn);
        for (const scope of scopes) await agrees(store, scope);
        // What folds all elsewhere catches up a little here, several times.
        const bits = taken.map(([each, at]): [Step, number | null] => ['fold' in each || 'again' in each ? { portion: true } : each, at]);
        await take(store, 'old', bits);
        for (const scope of scopes) await agrees(store, scope);
        await store.sink.foldSums();
        for (const scope of scopes) await agrees(store, scope);
        expect(store.sink.behind()).toBe(0);
        await linked(store);
        store.database.close();
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 300_000);

  it('keep no address of a page that only somebody erased was on', async () => {
    const store = await openStore(join(folder, 'paths'));
    const view = (visitor_id: string, path: string) => storedEvent({ site_id: 'own', ts: START, visitor_id, session_id: visitor_id, path });
    await store.write([view('a', '/of/a'), view('a', '/both'), view('b', '/both'), { ...view('b', '/seen'), event_name: 'signup' }]);
    await store.sink.foldSums();
    await store.write([view('a', '/late/of/a'), { ...view('a', '/seen'), event_name: 'signup' }]);
    await store.write([{ kind: 'erasure', site_id: 'own', visitor_ids: ['a'], at: START }]);
    expect(await store.read('SELECT path FROM summed_paths ORDER BY path', {}, context.signal)).toEqual([['/both'], ['/seen']]);
    expect(await store.read('SELECT session_id, entry FROM summed_sessions', {}, context.signal)).toEqual([['b', '/both']]);
    await linked(store);
    store.database.close();
  });

  it('know nothing of drops, which are no events of a site', async () => {
    const store = await openStore(join(folder, 'drops'));
    await store.write([storedEvent({ site_id: 'own/dropped', ts: START, event_name: 'bot', dropped: 3 })]);
    expect(store.sink.behind()).toBe(0);
    store.database.close();
  });

  it('keep up by themselves, also where nobody writes', async () => {
    const store = await openStore(join(folder, 'alone'));
    await store.write([storedEvent({ site_id: 'own', ts: START }), storedEvent({ site_id: 'own', ts: START + 30 * HOUR })]);
    expect(store.sink.behind()).toBe(2);
    store.sink.keepSums();
    await expect.poll(() => store.sink.behind()).toBe(0);
    expect(await store.read('SELECT count(*) FROM summed_sessions', {}, context.signal)).toEqual([[1n]]);
    await store.sink.close();
    store.database.close();
  });

  it('are told of as far as they are behind', async () => {
    const store = await openStore(join(folder, 'behind'));
    await store.write([storedEvent({ site_id: 'own', ts: START })]);
    const told: number[] = [];
    const scope: Scope = { site: 'own', from: START, to: START + 90 * HOUR, filters: [] };
    const telling = { ...context, behind: (events: number) => void told.push(events) };
    await store.engine.visitors(scope, telling);
    await store.sink.foldSums();
    await store.engine.visitors(scope, telling);
    await store.engine.visitors({ ...scope, filters: [{ dimension: 'path', value: '/' }] }, telling);
    expect(told).toEqual([1, 0]);
    store.database.close();
  });
});

/** As version 1 of the file was: no sums but those by one watermark. */
const EARLIER = {
  version: 1,
  statements: [
    `CREATE TABLE IF NOT EXISTS events (${Object.entries(COLUMNS)
      .map(([name, type]) => `${name} ${type}`)
      .join(', ')})`,
    'CREATE TABLE IF NOT EXISTS log_position (log VARCHAR PRIMARY KEY, next BIGINT NOT NULL)',
    'CREATE TABLE IF NOT EXISTS rolled_to (site_id VARCHAR PRIMARY KEY, hour INTEGER NOT NULL)',
    'CREATE TABLE IF NOT EXISTS rolled_hours (site_id VARCHAR, hour INTEGER, previous INTEGER, visitors INTEGER, views INTEGER)',
  ],
};
