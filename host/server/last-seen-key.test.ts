import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, codeOf, fromPage, SESSION, startEdge, startRegistry, startService } from './testing/edge';

let registry: Awaited<ReturnType<typeof startRegistry>>;
let edge: Awaited<ReturnType<typeof startEdge>>;
beforeEach(async () => {
  registry = await startRegistry();
  edge = await startEdge({ registry: registry.url });
});
afterEach(() => edge.close());

const PATH = '/last-seen-key';
const GONE = 'dm_last_seen=; Path=/; SameSite=Strict; Max-Age=0';
const given = async (headers: Record<string, string>) =>
  JSON.parse((await ask(edge, PATH, { headers })).body) as { key: string; user: unknown };

it('is one for each session, and says nothing of its cookie', async () => {
  const answer = await ask(edge, PATH, { headers: fromPage });
  expect(answer.status).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { key, user } = JSON.parse(answer.body) as { key: string; user: string };
  expect(user).toBe('casey');
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect(answer.body).not.toContain(SESSION);
  expect((await given(fromPage)).key).toBe(key);
  await registry.close();
  expect(await given({ cookie: `dm_session=${SESSION.replace('casey', 'other')}` })).toEqual({
    key: expect.not.stringMatching(key),
    user: null,
  });
});

it('is the same while the registry is away, also for an edge that never heard of the session', async () => {
  const { key } = await given(fromPage);
  await registry.close();
  const another = await startEdge({ registry: registry.url });
  try {
    const { body } = await ask(another, PATH, { headers: fromPage });
    expect(JSON.parse(body)).toEqual({ key, user: null });
  } finally {
    await another.close();
  }
});

it('does not wait for a registry that takes connections and says nothing', async () => {
  const { key } = await given(fromPage);
  const asked: ServerResponse[] = [];
  const silent = await startService((_, response) => asked.push(response));
  const another = await startEdge({ registry: silent.url });
  try {
    const { body } = await ask(another, PATH, { headers: fromPage });
    expect(JSON.parse(body)).toEqual({ key, user: null });
    // It is still being asked whose session it is.
    expect(asked.map(({ destroyed }) => destroyed)).toEqual([false]);
  } finally {
    await another.close();
    await silent.close();
  }
});

it('is nobody’s without a session, and after its end', async () => {
  expect(codeOf(await ask(edge, PATH))).toBe('session_unknown');
  registry.state.known = false;
  expect(codeOf(await ask(edge, PATH, { headers: fromPage }))).toBe('session_unknown');
  await registry.close();
});

it('is kept by the browser beside the session, where the page can read it, for when the edge is away as well', async () => {
  const { headers, body } = await ask(edge, PATH, { headers: fromPage });
  const { key } = JSON.parse(body) as { key: string };
  expect(headers['set-cookie']).toEqual([`dm_last_seen=${key}; Path=/; SameSite=Strict; Max-Age=604800`]);
  registry.state.known = false;
  edge.close();
  edge = await startEdge({ registry: registry.url });
  expect((await ask(edge, PATH, { headers: fromPage })).headers['set-cookie']).toEqual([GONE]);
  await registry.close();
});

it('goes from the browser with each answer that begins or ends a session, and with no other', async () => {
  await registry.close();
  const given: Record<string, string[]> = {
    '/api/v1/session/callback': ['dm_sign_in=; Path=/; Max-Age=0', 'dm_session=another; Path=/; HttpOnly'],
    '/api/v1/session/sign-out': ['dm_session=; Path=/; HttpOnly; Max-Age=0'],
    '/api/v1/session/sign-in': ['dm_sign_in=x; Path=/; HttpOnly'],
    '/api/v1/session': [],
  };
  const service = await startService(({ url = '' }, response) => response.writeHead(200, { 'set-cookie': given[url] ?? [] }).end());
  const another = await startEdge({ registry: service.url });
  try {
    for (const [path, cookies] of Object.entries(given)) {
      const { headers } = await ask(another, path, { headers: fromPage });
      const changes = cookies.some((cookie) => cookie.startsWith('dm_session='));
      expect(headers['set-cookie'] ?? [], path).toEqual(changes ? [...cookies, GONE] : cookies);
    }
  } finally {
    await another.close();
    await service.close();
  }
});
