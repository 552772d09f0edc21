import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, eventsIn, PUBLIC_URL, startRegistry, startTestTracker, type TestRegistry, type TestTracker } from '../testing/tracker';

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

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${tracker.url}${path}`, { headers: { 'user-agent': BROWSER, ...headers } });
const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${tracker.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'user-agent': BROWSER, ...headers },
  });
const outcome = (response: Response): string | null => response.headers.get('datamesh-event');

describe('pixel', () => {
  it('is 43 bytes of GIF, never cached, and says that the event is stored', async () => {
    const response = await get('/t/pixel.gif?site=shop&path=/');
    expect(outcome(response)).toBe('stored');
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(43);
    expect(bytes.toString('latin1', 0, 6)).toBe('GIF89a');
  });

  it.each([
    ['unknown_site', '/t/pixel.gif?site=nobody', {}],
    ['bad_event', '/t/pixel.gif', {}],
    ['origin_not_allowed', '/t/pixel.gif?site=shop', { origin: 'https://evil.test' }],
    ['origin_not_allowed', '/t/pixel.gif?site=shop', { referer: 'https://evil.test/page' }],
    ['bot', '/t/pixel.gif?site=shop', { 'user-agent': 'Googlebot/2.1' }],
    ['privacy', '/t/pixel.gif?site=shop', { 'sec-gpc': '1' }],
    ['privacy', '/t/pixel.gif?site=shop', { dnt: '1' }],
    ['not_signed_in', '/t/pixel.gif?site=dashboard', {}],
    ['too_large', `/t/pixel.gif?site=shop&path=/${'x'.repeat(400_000)}`, {}],
  ])('drops with reason %s and still answers the GIF', async (reason, path, headers: Record<string, string>) => {
    const response = await get(path, headers);
    expect(response.status).toBe(200);
    expect(outcome(response)).toBe(`dropped; reason=${reason}`);
    expect((await response.arrayBuffer()).byteLength).toBe(43);
  });

  it.each([
    ['dwell_ms', '&dwell_ms=-1'],
    ['ts', '&ts=yesterday'],
    ['props', '&props=%5B1%5D'],
    ['widget', `&widget=${'x'.repeat(51)}`],
    ['id', '&id=123e4567-e89b-42d3-a456-426614174000'],
    ['path', `&path=/${'x'.repeat(9000)}`],
    ['path', `&path=/${'x'.repeat(100_000)}`],
  ])('counts a view whose %s is too long or odd, and names what it lost', async (field, query) => {
    const response = await get(`/t/pixel.gif?site=shop${query}`, { origin: 'https://shop.test' });
    expect([outcome(response), response.headers.get('datamesh-detail')]).toEqual(['stored', `lost=${field}`]);
    expect(response.headers.get('access-control-expose-headers')).toContain('datamesh-detail');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(new RegExp(`tracker_lost_details_total\\{field="${field}"\\} [1-9]`));
  });

  it('reads its query to the end, also where an address in it is not encoded', async () => {
    await get('/t/pixel.gif?url=https://shop.test/unencoded?utm_source=raw&site=shop');
    const stored = (await eventsIn(tracker.folder)).find(({ path }) => path === '/unencoded');
    expect(stored).toMatchObject({ site_id: 'shop', utm_source: 'raw' });
  });

  it('counts every outcome', async () => {
    await get('/t/pixel.gif?site=shop', { 'sec-gpc': '1' });
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/tracker_events_total\{outcome="privacy"\} [1-9]/);
    expect(metrics).toMatch(/tracker_step_seconds_count\{step="parse"\} [1-9]/);
  });
});

describe('account sites', () => {
  it('know their visitor by the edge’s token alone, headless or not', async () => {
    const authorization = `Bearer ${await registry.token()}`;
    expect(outcome(await get('/t/pixel.gif?site=dashboard', { authorization, 'user-agent': 'HeadlessChrome/148' }))).toBe('stored');
  });

  it.each([
    ['for another service', { audience: 'registry-api' }],
    ['of another issuer', { issuer: 'http://evil.test' }],
    ['that has expired', { expires: '-11m' }],
  ])('refuse a token %s', async (_, more) => {
    const authorization = `Bearer ${await registry.token({}, more)}`;
    expect(outcome(await get('/t/pixel.gif?site=dashboard', { authorization }))).toBe('dropped; reason=not_signed_in');
  });

  it('refuse a token whose claims were changed', async () => {
    const [head, , signature] = (await registry.token()).split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'dana', aud: 'tracker', iss: PUBLIC_URL, exp: 9e9 })).toString('base64url');
    const response = await get('/t/pixel.gif?site=dashboard', { authorization: `Bearer ${head}.${claims}.${signature}` });
    expect(outcome(response)).toBe('dropped; reason=not_signed_in');
  });

  it('refuse a token whose session is over, however long it is good; others of the same person count', async () => {
    const authorization = `Bearer ${await registry.token({ sid: 'signed-out' })}`;
    registry.ended.add('signed-out');
    expect(outcome(await get('/t/pixel.gif?site=dashboard', { authorization }))).toBe('dropped; reason=not_signed_in');
    const batch = await fetch(`${tracker.url}/t/events`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify([{ site: 'dashboard', name: 'view' }]),
    });
    expect(await batch.json()).toMatchObject({ stored: 0, dropped: { not_signed_in: 1 } });
    const other = `Bearer ${await registry.token({ sid: 'another' })}`;
    expect(outcome(await get('/t/pixel.gif?site=dashboard', { authorization: other }))).toBe('stored');
  });

  it('end with the session while the tracker runs, and count on while nobody can say whether it lives', async () => {
    const own = await startRegistry();
    let now = Date.now();
    const alone = await startTestTracker(own.url, { now: () => now });
    const send = async (sid: string) =>
      outcome(await fetch(`${alone.url}/t/pixel.gif?site=dashboard`, { headers: { authorization: tokens[sid] ?? '' } }));
    const tokens: Record<string, string> = {};
    for (const sid of ['one', 'two']) tokens[sid] = `Bearer ${await own.token({ sid })}`;
    expect(await send('one')).toBe('stored');
    own.ended.add('one');
    now += 5000;
    expect(await send('one')).toBe('dropped; reason=not_signed_in');
    own.close();
    now += 5000;
    expect(await send('two')).toBe('stored');
    await alone.remove();
  });

  it('say so when the registry’s keys cannot be had', async () => {
    const alone = await startTestTracker('http://127.0.0.1:1');
    const authorization = `Bearer ${await registry.token()}`;
    const response = await fetch(`${alone.url}/t/pixel.gif?site=dashboard`, { headers: { authorization } });
    expect(outcome(response)).toBe('dropped; reason=identity_unavailable');
    const batch = await fetch(`${alone.url}/t/events`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify([{ site: 'dashboard', name: 'view' }]),
    });
    // The dashboard keeps what is refused so, and sends it again.
    expect([batch.status, outcome(batch), batch.headers.get('retry-after')]).toEqual([503, 'dropped; reason=identity_unavailable', '5']);
    await alone.remove();
  });
});

describe('batch', () => {
  it('answers what became of how many', async () => {
    const events = [{ site: 'shop', path: '/' }, { site: 'shop', name: 'signup', props: { plan: 'pro' } }, { site: 'nobody' }, 'nonsense'];
    const response = await post('/t/events', events, { 'content-type': 'text/plain;charset=UTF-8' });
    expect(await response.json()).toEqual({ stored: 2, dropped: { unknown_site: 1, bad_event: 1 } });
    expect(outcome(response)).toBe('partial; stored=2; dropped=2');
  });

  it('takes null as absent and text no engine could hold as cleaned', async () => {
    const events = [{ site: 'shop', widget: null, path: '/\ud800\u0000x', props: { text: '\udfff\u0000' } }];
    expect(await (await post('/t/events', events, { 'content-type': 'application/json' })).json()).toMatchObject({ stored: 1 });
  });

  it.each([
    [413, 'batch_too_large', JSON.stringify(Array.from({ length: 501 }, () => ({ site: 'shop' }))), 'application/json'],
    [413, 'batch_too_large', `["${'x'.repeat(1_100_000)}"]`, 'application/json'],
    [400, 'bad_batch', '{"site":', 'application/json'],
    [400, 'bad_batch', '{"site":"shop"}', 'application/json'],
    [415, 'unsupported_media_type', '[]', 'application/x-www-form-urlencoded'],
  ])('answers %i %s', async (status, code, body, type) => {
    const response = await post('/t/events', body, { 'content-type': type });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({ type: `urn:datamesh:problem:${code}`, code, status });
  });

  it('refuses what the spool cannot hold, says when to come again, and goes on answering', async () => {
    // The smallest spool there is, and a sink that gets no chance: more arrives in one moment than fits.
    const small = await startTestTracker(registry.url, { env: { SPOOL_MAX_BYTES: String(64 * 1024) } });
    const events = Array.from({ length: 100 }, () => ({ site: 'shop', props: { text: 'x'.repeat(1000) } }));
    const headers = { 'user-agent': BROWSER, 'content-type': 'application/json' };
    const response = await fetch(`${small.url}/t/events`, { method: 'POST', body: JSON.stringify(events), headers });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ code: 'spool_full' });
    expect((await fetch(`${small.url}/readyz`)).status).toBe(200);
    const one = await fetch(`${small.url}/t/pixel.gif?site=shop`, { headers });
    expect(outcome(one)).toBe('stored');
    await small.remove();
  });
});

describe('tick', () => {
  it('takes one dwell as sendBeacon sends it', async () => {
    const response = await post('/t/tick', { site: 'shop', path: '/', dwell_ms: 1500 }, { 'content-type': 'text/plain' });
    expect([response.status, outcome(response)]).toEqual([204, 'stored']);
    const large = await post('/t/tick', 'x'.repeat(70_000));
    expect([large.status, outcome(large), ((await large.json()) as { code: string }).code]).toEqual([
      413,
      'dropped; reason=too_large',
      'event_too_large',
    ]);
    expect(outcome(await post('/t/tick', 'nonsense'))).toBe('dropped; reason=bad_event');
  });
});

describe('other origins', () => {
  it('may read the answer when they are a site’s, and only then', async () => {
    const allowed = await get('/t/pixel.gif?site=shop', { origin: 'https://shop.test' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.test');
    expect(outcome(allowed)).toBe('stored');
    const foreign = await get('/t/pixel.gif?site=shop', { origin: 'https://evil.test' });
    expect(foreign.headers.has('access-control-allow-origin')).toBe(false);
    const preflight = await fetch(`${tracker.url}/t/events`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.test', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'content-type']);
  });
});

describe('what does not exist', () => {
  it('is a problem document', async () => {
    expect(await (await get('/t/nothing')).json()).toMatchObject({ code: 'path_unknown' });
    expect(await (await get('/nothing')).json()).toMatchObject({ code: 'path_unknown' });
  });

  it('a request id is taken over only when it is plausible', async () => {
    expect((await get('/healthz', { 'x-request-id': 'abcdef-12345' })).headers.get('x-request-id')).toBe('abcdef-12345');
    expect((await get('/healthz', { 'x-request-id': '<script>' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('malformed HTTP is a 400', async () => {
    const { hostname, port } = new URL(tracker.url);
    const status = await new Promise((resolve) => {
      const broken = request({ host: hostname, port, path: '/t/pixel.gif', headers: { 'content-length': '5' }, method: 'GET' });
      broken.on('response', (response) => resolve(response.statusCode));
      broken.on('socket', (socket) => socket.on('connect', () => socket.write('NONSENSE\r\n\r\n')));
    });
    expect(status).toBe(400);
  });
});
