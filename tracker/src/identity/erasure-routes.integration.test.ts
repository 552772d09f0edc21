import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/event';
import { SCHEMA } from '../sinks/duckdb';
import { Database } from '../storage/database';
import { eventsIn, KEY, recordsIn, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

let registry: TestRegistry;
let tracker: TestTracker;

beforeAll(async () => {
  registry = await startRegistry();
  tracker = await startTestTracker(registry.url);
});
afterAll(async () => {
  await tracker.remove();
  registry.close();
});

type Claims = Parameters<TestRegistry['token']>[0];

/** By somebody who has just signed in for it; null: by nobody. */
async function erase(body: unknown, claims: Claims | null, to = tracker, audience = 'tracker/erasures'): Promise<Response> {
  const authorization = claims && `Bearer ${await registry.token(claims, { audience })}`;
  return fetch(`${to.url}/api/tracker/v1/erasures`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(authorization === null ? {} : { authorization }) },
  });
}

async function visit(token: string, path: string, more: Record<string, string> = {}, to = tracker): Promise<string | null> {
  const query = new URLSearchParams({ site: 'dashboard', path, ...more });
  const response = await fetch(`${to.url}/t/pixel.gif?${query}`, { headers: { authorization: `Bearer ${token}` } });
  return response.headers.get('datamesh-event');
}

/** All there are, as an admin is told. */
async function views(path: string): Promise<number> {
  const token = await registry.token({ sub: 'root', roles: ['admin'] });
  const query = new URLSearchParams({
    site: 'dashboard',
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
    filter: `path:${path}`,
  });
  const response = await fetch(`${tracker.url}/api/tracker/v1/summary?${query}`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { current: { views: number } }).current.views;
}

const seen = async (path: string, to = tracker): Promise<StoredEvent[]> =>
  (await eventsIn(to.folder)).filter((event) => event.path === path);

describe('POST /erasures', () => {
  it('forgets who asks, in the store and for the future, and nobody else', async () => {
    const [alex, dana] = [await registry.token({ sub: 'alex' }), await registry.token({ sub: 'dana' })];
    for (const path of ['/a', '/a', '/before']) await visit(alex, path);
    await visit(dana, '/a');
    await expect.poll(() => views('/a')).toBe(3);

    const answer = await erase({ site: 'dashboard' }, { sub: 'alex' });
    expect(answer.status).toBe(202);
    const { site, at } = (await answer.json()) as { site: string; at: string };
    expect([site, Math.abs(Date.parse(at) - Date.now()) < 60_000]).toEqual(['dashboard', true]);
    await expect.poll(() => views('/a')).toBe(1);
    expect(await views('/before')).toBe(0);

    expect(await visit(alex, '/after')).toBe('stored');
    await expect.poll(() => views('/after')).toBe(1);
    const [before] = await seen('/before');
    const [after] = await seen('/after');
    expect(after?.visitor_id).not.toBe(before?.visitor_id);
    expect(after?.session_id).not.toBe(before?.session_id);
    // What was queued before, as by a page without a connection, is no longer wanted.
    expect(await visit(alex, '/late', { ts: new Date(Date.parse(at) - 60_000).toISOString() })).toBe('dropped; reason=privacy');
  });

  it('may be asked for again and again', async () => {
    const token = await registry.token({ sub: 'again' });
    for (let time = 0; time < 3; time++) {
      expect(await visit(token, '/again')).toBe('stored');
      expect((await erase({ site: 'dashboard' }, { sub: 'again' })).status).toBe(202);
    }
    expect(new Set((await seen('/again')).map((event) => event.visitor_id)).size).toBe(3);
    await expect.poll(() => views('/again')).toBe(0);
  });

  it('lets an admin ask for anybody, and erases whom trusted senders name so as well', async () => {
    const body = JSON.stringify([{ site: 'dashboard', visitor: 'mia', path: '/mia' }]);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
    await fetch(`${tracker.url}/t/events`, { method: 'POST', body, headers });
    await visit(await registry.token({ sub: 'mia' }), '/mia');
    const admin: Claims = { sub: 'root', roles: ['admin'] };
    await expect.poll(() => views('/mia')).toBe(2);
    expect((await erase({ site: 'dashboard', user: 'mia' }, admin)).status).toBe(202);
    await expect.poll(() => views('/mia')).toBe(0);
  });

  it.each([
    [401, 'not_signed_in', { site: 'dashboard' }, null],
    [403, 'erasure_forbidden', { site: 'dashboard', user: 'dana' }, {}],
    [404, 'site_unknown', { site: 'nowhere' }, {}],
    [404, 'site_unknown', { site: 'plant' }, {}],
    [404, 'site_unknown', { site: 'shop/dropped' }, {}],
    [422, 'identity_daily', { site: 'shop' }, {}],
    [422, 'identity_daily', { site: 'plant' }, { roles: ['admin'] as ('admin' | 'viewer')[] }],
    [400, 'parameters_invalid', {}, {}],
    [400, 'parameters_invalid', { site: 'dashboard', everything: true }, {}],
    [400, 'parameters_invalid', { site: 'dashboard', user: 'x'.repeat(201) }, {}],
    [400, 'json_malformed', '{"site":', {}],
  ])('answers %i %s', async (status, code, body, claims) => {
    const response = await erase(body, claims);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(await response.json()).toMatchObject({ code });
  });

  it('needs a sign-in made for it: a session, which any widget could use, is not enough, whoever’s it is', async () => {
    for (const claims of [{ sub: 'alex' }, { sub: 'root', roles: ['admin'] as ('admin' | 'viewer')[] }]) {
      const response = await erase({ site: 'dashboard' }, claims, tracker, 'tracker');
      expect([response.status, await response.json()]).toMatchObject([403, { code: 'fresh_sign_in_required' }]);
    }
  });

  it('of oneself needs no department: whoever is signed in was counted', async () => {
    expect((await erase({ site: 'dashboard', user: 'moved' }, { sub: 'moved', departments: [] })).status).toBe(202);
  });

  it('leaves no name of the person on disk', async () => {
    expect((await erase({ site: 'dashboard' }, { sub: 'very-private-name' })).status).toBe(202);
    const erased = await readFile(join(tracker.folder, 'identity', 'erased.json'), 'utf8');
    expect(erased).toMatch(/^\{"version":1,"content":\{"dashboard":\[\{"visitor":"[\w-]{22}","at":\d+\}/);
    const records = await recordsIn(tracker.folder);
    expect(records.some((record) => 'kind' in record && record.kind === 'erasure')).toBe(true);
    for (const text of [erased, JSON.stringify(records)]) expect(text).not.toContain('very-private-name');
  });
});

describe('an erasure while the spool is full', () => {
  it('is answered with 503, holds from then on, and reaches the stores when there is room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'erasure-'));
    const env = { DATA_DIR: folder, SPOOL_MAX_BYTES: String(64 * 1024) };
    // A sink that takes nothing: what comes stays in the spool.
    const full = await startTestTracker(registry.url, { env: { ...env, SINKS: 'duckdb,kafka', KAFKA_BROKERS: '127.0.0.1:1' } });
    const token = await registry.token({ sub: 'alex' });
    expect(await visit(token, '/kept', {}, full)).toBe('stored');
    const event = { site: 'shop', visitor: 'v', props: { text: 'x'.repeat(4000) } };
    for (let status = 200; status === 200; ) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
      const answer = await fetch(`${full.url}/t/events`, { method: 'POST', headers, body: JSON.stringify([event]) });
      status = answer.status;
    }
    const admin: Claims = { sub: 'root', roles: ['admin'] };
    for (let user = 0, status = 202; status === 202; user++)
      status = (await erase({ site: 'dashboard', user: `user-${user}` }, admin, full)).status;
    for (let time = 0; time < 3; time++) {
      const refused = await erase({ site: 'dashboard' }, { sub: 'alex' }, full);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await refused.json()).toMatchObject({ code: 'erasure_not_stored' });
    }
    await full.stop();
    expect(await readFile(join(folder, 'identity', 'erased.json'), 'utf8')).toContain('"pending":true');

    const after = await startTestTracker(registry.url, { env });
    const pending = (): Promise<string> => readFile(join(folder, 'identity', 'erased.json'), 'utf8');
    await expect.poll(pending).not.toContain('pending');
    expect(await visit(token, '/kept', {}, after)).toBe('stored');
    await after.stop();
    const database = await Database.open({ file: join(folder, 'events.duckdb'), memoryLimit: '200MB', schema: SCHEMA });
    const rows = await database.read(new AbortController().signal, (connection) =>
      connection.runAndReadAll("SELECT count(*)::INTEGER FROM events WHERE path = '/kept'"),
    );
    database.close();
    // The visit before is gone, the one after it is there.
    expect(rows.getRows()).toEqual([[1]]);
    await rm(folder, { recursive: true });
  });
});
