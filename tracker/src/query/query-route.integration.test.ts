/** What becomes of questions whose client goes away, over a store that is large enough for them to take their time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authenticate } from '../identity/authenticate';
import { Callers } from '../identity/callers';
import { Viewers } from '../identity/viewers';
import { SCHEMA } from '../sinks/duckdb';
import { parseSites } from '../sites/site';
import { Database } from '../storage/database';
import { PUBLIC_URL, SITES, startRegistry, type TestRegistry } from '../testing/tracker';
import { DuckDbQueries } from './duckdb/queries';
import { createQueryRoutes } from './routes';

const ROWS = 400_000;
/** In a real store, which only an interruption ends. */
const ENDLESS = 'SELECT count(*) FROM range(1000000000) a, range(1000000000) b WHERE a.range + b.range < 0';
const START = Date.parse('2026-03-01T00:00:00Z');
const RANGE = { from: '2026-03-01T00:00:00Z', to: '2026-03-31T00:00:00Z' };

let folder: string;
let database: Database;
let registry: TestRegistry;
let server: Server;
let url: string;
let pages = 0;
/** Requests that the server has begun to answer. */
let arrived = 0;
/** While set, a question goes on to the routes only when its client has closed. */
let recognisedLate = false;
/** While set, every one of the store's questions goes on until it is interrupted. */
let endless = false;
/** Of those: who asked, once for each, and how they ended. */
const begun: string[] = [];
const ended: string[] = [];
const outcomes: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'asked-'));
  database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '1GB', schema: SCHEMA });
  await database.write((connection) =>
    connection.run(
      `INSERT INTO events (event_id, site_id, received_ts, ts, event_name, path, visitor_id, session_id)
      SELECT ('01890000-0000-7000-8000-' || lpad(i::VARCHAR, 12, '0'))::UUID, 'shop', ${START} + i, ${START} + i, 'view', '/' || i % 1000,
        'visitor ' || i % 100000, 'session ' || i FROM range(${ROWS}) r(i)`,
    ),
  );
  registry = await startRegistry();
  const engine = new DuckDbQueries(database);
  const { events, totals } = engine;
  engine.totals = (scope, context) => {
    if (!endless) return totals(scope, context);
    begun.push(scope.filters.at(-1)?.value ?? '');
    return database
      .read(context.signal, (connection) => connection.run(ENDLESS))
      .then(
        () => Promise.reject(new Error('the endless question ended')),
        (error: unknown) => {
          ended.push('interrupted');
          throw error;
        },
      );
  };
  engine.events = (...given) => {
    pages++;
    return events(...given);
  };
  const routes = createQueryRoutes({
    engine,
    sites: parseSites(JSON.parse(SITES)),
    now: Date.now,
    timed: (operation, _, outcome) => outcomes.push(`${operation} ${outcome}`),
    timeout: 30_000,
  });
  const callers = new Callers({ jwksUrl: `${registry.url}/.well-known/jwks.json`, issuer: PUBLIC_URL, now: Date.now });
  server = createServer(
    express().use(
      authenticate(callers, new Viewers({ registryUrl: registry.url, now: Date.now })),
      (_request, response, next) => {
        arrived++;
        if (recognisedLate) response.once('close', () => setImmediate(next));
        else next();
      },
      routes,
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  registry.close();
  database.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  outcomes.length = 0;
  ended.length = 0;
  begun.length = 0;
  arrived = 0;
  endless = false;
  recognisedLate = false;
  pages = 0;
});

async function ask(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const authorization = `Bearer ${await registry.token({ teams: ['storefront'] })}`;
  const parameters = new URLSearchParams({ site: 'shop', ...RANGE, ...query });
  return fetch(`${url}${path}${path.includes('?') ? '&' : '?'}${parameters}`, { headers: { authorization }, ...(signal && { signal }) });
}

describe('questions', () => {
  it('end in the store when their client goes away, those in line never begin, and there is room for the next', async () => {
    endless = true;
    const gone = Array.from({ length: 20 }, () => new AbortController());
    const all = gone.map((each, index) =>
      ask(`/summary?filter=browser:Chrome&filter=path:${index}`, {}, each.signal).catch(() => undefined),
    );
    await expect.poll(() => arrived).toBe(gone.length);
    // A summary is two questions to the store, and two of them are at work at a time.
    await expect.poll(() => begun.length).toBe(4);
    const atWork = new Set(begun);
    expect(atWork.size).toBe(2);
    gone.forEach((each, index) => {
      if (!atWork.has(String(index))) each.abort();
    });
    await expect.poll(() => outcomes).toEqual(Array(18).fill('summary cancelled'));
    expect([begun.length, ended.length]).toEqual([4, 0]);

    for (const each of gone) each.abort();
    await Promise.all(all);
    await expect.poll(() => outcomes).toEqual(Array(20).fill('summary cancelled'));
    await expect.poll(() => ended).toEqual(Array(4).fill('interrupted'));
    expect(begun).toHaveLength(4);

    endless = false;
    expect((await ask('/summary', {})).status).toBe(200);
    expect(outcomes.at(-1)).toBe('summary answered');
  }, 120_000);

  it('never begin when their client went before it was known who asks', async () => {
    endless = true;
    recognisedLate = true;
    const gone = new AbortController();
    const question = ask('/summary', {}, gone.signal).catch(() => undefined);
    await expect.poll(() => arrived).toBe(1);
    gone.abort();
    await question;
    await expect.poll(() => outcomes).toEqual(['summary cancelled']);
    expect(begun).toEqual([]);
  });

  it('are refused with a time to come again when too many wait', async () => {
    endless = true;
    const gone = new AbortController();
    const refused = await Promise.any(
      Array.from({ length: 60 }, async () => {
        const response = await ask('/summary', {}, gone.signal);
        await response.text();
        return [response.status, response.headers.get('retry-after')];
      }),
    );
    expect(refused).toEqual([503, '2']);
    expect(outcomes).toContain('summary refused');
    gone.abort();
    // Whoever gave up waiting leaves the line to others.
    endless = false;
    await expect.poll(async () => (await ask('/summary', {})).status).toBe(200);
  });

  it('of a download stop when its client goes away', async () => {
    const gone = new AbortController();
    const response = await ask('/export', { what: 'events' }, gone.signal);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString('utf8')).toContain('event_id,site_id,ts');
    // A client that does not read is not read ahead for: pages are of 10,000 events, and there are 40.
    let seen = -1;
    await expect
      .poll(
        () => {
          const still = seen === pages;
          seen = pages;
          return still;
        },
        { interval: 500, timeout: 20_000 },
      )
      .toBe(true);
    expect(pages).toBeLessThan(20);
    gone.abort();
    await expect.poll(() => outcomes.filter((outcome) => outcome.startsWith('export'))).toEqual(['export cancelled']);
    expect(pages).toBeLessThan(20);
  });
});
