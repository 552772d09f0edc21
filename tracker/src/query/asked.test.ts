/** What becomes of questions whose client goes away, over a store that is large enough for them to take their time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Callers } from '../identity/callers';
import { SCHEMA } from '../sinks/duckdb';
import { parseSites } from '../sites/site';
import { Database } from '../storage/database';
import { PUBLIC_URL, SITES, startRegistry, type TestRegistry } from '../testing-tracker';
import { DuckDbQueries } from './duckdb/queries';
import { createQueryRoutes } from './routes';

const ROWS = 400_000;
const START = Date.parse('2026-03-01T00:00:00Z');
const RANGE = { from: '2026-03-01T00:00:00Z', to: '2026-03-31T00:00:00Z' };

let folder: string;
let database: Database;
let registry: TestRegistry;
let server: Server;
let url: string;
let pages = 0;
/** Of questions to the engine: how many began, and how those ended. */
let begun: (() => void) | null = null;
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
  engine.totals = async (...given) => {
    begun?.();
    return totals(...given).then(
      (answer) => {
        ended.push('answered');
        return answer;
      },
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
    callers: new Callers({ jwksUrl: `${registry.url}/.well-known/jwks.json`, issuer: PUBLIC_URL, now: Date.now }),
    sites: parseSites(JSON.parse(SITES)),
    now: Date.now,
    timed: (operation, _, outcome) => outcomes.push(`${operation} ${outcome}`),
    timeout: 30_000,
  });
  server = createServer(express().use(routes));
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
  begun = null;
  pages = 0;
});

async function ask(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  const authorization = `Bearer ${await registry.token({ teams: ['storefront'] })}`;
  const parameters = new URLSearchParams({ site: 'shop', ...RANGE, ...query });
  return fetch(`${url}${path}?${parameters}`, { headers: { authorization }, ...(signal && { signal }) });
}

const asked = (path: string, gone: AbortController): Promise<unknown> => ask(path, {}, gone.signal).catch(() => undefined);

describe('questions', () => {
  it('end in the store when their client goes away, and make room for the next', async () => {
    const gone = Array.from({ length: 20 }, () => new AbortController());
    const atWork = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const all = gone.map((each) => asked('/summary', each));
    await atWork;
    for (const each of gone) each.abort();
    await Promise.all(all);
    await expect.poll(() => [...new Set(outcomes)], { timeout: 20_000 }).toEqual(['summary cancelled']);
    // Those at work were interrupted. Those in line never began, except where a place was free before their own end was heard of.
    await expect.poll(() => ended.includes('interrupted'), { timeout: 20_000 }).toBe(true);
    expect(ended.length).toBeLessThan(gone.length);
    expect(ended).not.toContain('answered');

    expect((await ask('/summary', {})).status).toBe(200);
    expect(outcomes.at(-1)).toBe('summary answered');
  }, 60_000);

  it('are refused with a time to come again when too many wait', async () => {
    const gone = new AbortController();
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const response = await ask('/dwell', {}, gone.signal).catch(() => null);
        if (response?.status !== 503) return null;
        // The rest need not be answered any more.
        const refused = { retryAfter: response.headers.get('retry-after'), problem: outcomes.includes('dwell refused') };
        gone.abort();
        return refused;
      }),
    );
    expect(answers.find((answer) => answer)).toEqual({ retryAfter: '2', problem: true });
    // Whoever gave up waiting leaves the line to others.
    await expect.poll(async () => (await ask('/dwell', {})).status, { timeout: 20_000 }).toBe(200);
  }, 60_000);

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
    await expect.poll(() => outcomes.filter((outcome) => outcome.startsWith('export')), { timeout: 10_000 }).toEqual(['export cancelled']);
    expect(pages).toBeLessThan(20);
  }, 60_000);
});
