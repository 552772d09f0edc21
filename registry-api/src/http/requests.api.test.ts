/** What holds for every request: by which names the service is called, how much is asked for, what may be kept. */
import { type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { startTestService, type TestService } from '../testing/service';
import { stores } from '../testing/stores';

const [{ open } = { open: () => Promise.reject(new Error('no store')) }] = stores();
const quota = (most: number) => ({ quota: most, window: 60 });

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi(open, {
    rateLimits: { signIns: quota(5), writes: quota(3), reads: quota(20), people: quota(2) },
    allowedHosts: ['registry-api'],
  });
});
afterAll(() => api.stop());

/** With exactly these headers, which fetch would not send. */
const ask = (base: string, path: string, headers: OutgoingHttpHeaders) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    request(new URL(path, base), { headers, agent: false }, (incoming) => {
      text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }), reject);
    })
      .on('error', reject)
      .end();
  });

describe('by name', () => {
  it('answers to addresses, localhost, its public name and the names that it is told', async () => {
    for (const host of ['127.0.0.1:4100', 'localhost:1', 'localhost:4000', 'registry-api:4100', '10.9.8.7'])
      expect((await ask(api.url, '/.well-known/jwks.json', { host })).status, host).toBe(200);
    for (const path of ['/metrics', '/.well-known/jwks.json', '/api/v1/session', '/oidc/.well-known/openid-configuration', '/nowhere']) {
      const answer = await ask(api.url, path, { host: 'evil.example' });
      expect([answer.status, (JSON.parse(answer.body) as Problem).code], path).toEqual([421, 'host_unknown']);
    }
  });
});

describe('how often', () => {
  it('an address may begin sign-ins: then 429 with the time to wait, for that address alone', async () => {
    const begin = (address: string) =>
      fetch(`${api.url}/api/v1/session/sign-in`, { redirect: 'manual', headers: { 'x-forwarded-for': address } });
    const statuses: number[] = [];
    for (let times = 0; times < 7; times++) statuses.push((await begin(`2001:db8:0:1::${times}`)).status);
    expect(statuses.slice(5)).toEqual([429, 429]);
    expect(statuses.slice(0, 5)).not.toContain(429);
    const refused = await begin('2001:db8:0:1::ffff');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"sign-ins";r=0;t=\d+$/);
    expect(refused.headers.get('ratelimit-policy')).toBe('"sign-ins";q=5;w=60');
    expect((await begin('2001:db8:0:2::1')).status).not.toBe(429);
  });

  it('the development issuer is asked: its own state is bounded by address as well', async () => {
    const ask = () => fetch(`${api.url}/oidc/auth`, { redirect: 'manual', headers: { 'x-forwarded-for': '198.51.100.77' } });
    for (let times = 0; times < 5; times++) expect((await ask()).status).not.toBe(429);
    expect((await ask()).status).toBe(429);
  });

  it('an issuer’s answers may come back: each has it asked again', async () => {
    const back = () =>
      fetch(`${api.url}/api/v1/session/callback?code=x&state=y`, { redirect: 'manual', headers: { 'x-forwarded-for': '198.51.100.78' } });
    for (let times = 0; times < 5; times++) expect((await back()).status).not.toBe(429);
    expect((await back()).status).toBe(429);
  });

  it('a person or a token may read and resolve', async () => {
    const answers = { list: '/layouts', resolve: '/resolve' };
    const ask = (as: ReturnType<typeof person>, what: keyof typeof answers) =>
      api.call(`/api/v1${answers[what]}`, { as, ...(what === 'resolve' ? { method: 'POST', body: { widgets: [] } } : {}) });
    for (let times = 0; times < 10; times++)
      for (const what of ['list', 'resolve'] as const) expect((await ask(person('robin'), what)).status).toBe(200);
    for (const what of ['list', 'resolve'] as const) {
      const refused = await ask(person('robin'), what);
      expect([refused.status, refused.headers.get('ratelimit-policy')]).toEqual([429, '"reads";q=20;w=60']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await ask(person('someone-else'), 'list')).status).toBe(200);
  });

  it('a person may look for people', async () => {
    const find = (sub: string) => api.call('/api/v1/people?q=al', { as: person(sub) });
    for (let times = 0; times < 2; times++) expect((await find('seeker')).status).toBe(200);
    expect((await find('seeker')).status).toBe(429);
    expect((await find('another-one')).status).toBe(200);
  });

  it('a person may write, and read all the same', async () => {
    const save = (sub: string) => api.call('/api/v1/layouts/nowhere/draft', { as: person(sub), method: 'DELETE' });
    for (let times = 0; times < 3; times++) expect((await save('casey')).status).not.toBe(429);
    const refused = await save('casey');
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([429, 'rate_limited']);
    expect((await api.call('/api/v1/layouts', { as: person('casey') })).status).toBe(200);
    expect((await api.call('/api/v1/resolve', { as: person('casey'), method: 'POST', body: { widgets: [] } })).status).not.toBe(429);
    expect((await save('alex')).status).not.toBe(429);
  });
});

it('answers about a person are kept by nobody', async () => {
  for (const path of ['/session', '/layouts', '/departments', '/widgets', '/audit', '/tokens', '/nowhere'])
    expect((await api.call(`/api/v1${path}`, { as: person('dana', ['admin']) })).headers.get('cache-control'), path).toBe('no-store');
});

it('a JSON body is refused as soon as it is too large, late, or no JSON', async () => {
  const send = async (body: string, headers: Record<string, string> = {}) => {
    const answer = await api.call('/api/v1/resolve', {
      as: person('sender'),
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return [answer.status, ((await answer.json()) as Problem).code];
  };
  expect(await send(`{"widgets":["${'x'.repeat(1_100_000)}"]}`)).toEqual([413, 'body_too_large']);
  expect(await send('{"widgets"')).toEqual([400, 'json_malformed']);
  expect(await send('{}', { 'content-encoding': 'gzip' })).toEqual([415, 'media_type_unsupported']);
  expect(await send('{}', { 'content-type': 'application/json; charset=utf-16' })).toEqual([415, 'media_type_unsupported']);
});

describe('signing in', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(Date.now);
  });
  afterAll(() => service.stop());

  it('takes a return_to as long as the contract allows, whatever is in it', async () => {
    const path = `/${'論'.repeat(2046)}`;
    const answer = await fetch(`${service.origin}/api/v1/session/sign-in?return_to=${encodeURIComponent(path)}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
  });
});
