import { type ClientRequest, request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, codeOf, fromPage, ORIGIN, SESSION, signedIn, startEdge, startRegistry, startService } from './testing/edge';

const OWN_COOKIES = {
  'set-cookie': ['dm_session=new; HttpOnly', 'x=1'],
  'x-powered-by': 'Express',
  server: 'other',
  connection: 'x-hop',
  'x-hop': '1',
};

const local = { headers: { host: '127.0.0.1:4000' } };

describe('proxy', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let tracker: Awaited<ReturnType<typeof startService>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  let streamClosed: Promise<void>;

  beforeAll(async () => {
    registry = await startRegistry((incoming, response) => {
      if (incoming.url?.startsWith('/api/v1/events')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: first\n\n');
        streamClosed = new Promise((done) => response.on('close', () => done()));
        return;
      }
      if (incoming.url?.startsWith('/api/v1/broken')) {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half');
        setImmediate(() => response.destroy());
        return;
      }
      let size = 0;
      incoming.on('data', (part: Buffer) => {
        size += part.length;
      });
      incoming.on('end', () =>
        response.writeHead(200, { ...OWN_COOKIES, 'content-type': 'application/json' }).end(JSON.stringify({ size })),
      );
    });
    tracker = await startService((_incoming, response) => void response.writeHead(200, { 'content-type': 'image/gif' }).end('GIF'));
    edge = await startEdge({ registry: registry.url, tracker: tracker.url });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
    await tracker.close();
  });
  beforeEach(() => {
    registry.received.length = 0;
    tracker.received.length = 0;
    registry.exchanges.length = 0;
    registry.state.known = true;
  });

  it('gives the service the identity that the session has, and none that the caller claims', async () => {
    const answer = await ask(edge, '/api/v1/widgets?q=a%20b', {
      headers: {
        ...signedIn,
        authorization: 'Bearer forged.jwt.token',
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-user': 'root',
        forwarded: 'for=6.6.6.6',
        'x-user-id': 'dana',
        'x-request-id': 'a-request-of-mine-1',
        connection: 'x-secret-hop',
        'x-secret-hop': '1',
      },
    });
    expect(answer.status).toBe(200);
    const [seen] = registry.received;
    expect(seen?.url).toBe('/api/v1/widgets?q=a%20b');
    expect(seen?.headers).toMatchObject({
      authorization: 'Bearer jwt-for-registry-api',
      host: 'dashboard.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'dashboard.test',
      'x-forwarded-proto': 'http',
      'x-request-id': 'a-request-of-mine-1',
    });
    for (const name of ['cookie', 'x-forwarded-user', 'forwarded', 'x-user-id', 'x-secret-hop'])
      expect(seen?.headers).not.toHaveProperty(name);
    expect(answer.headers['x-request-id']).toBe('a-request-of-mine-1');
  });

  it('says where a visit comes from, in one spelling, as far as proxies of ours vouch for it', async () => {
    const behind = await startEdge({ registry: registry.url, tracker: tracker.url, trustedProxies: ['127.0.0.1'] });
    for (const [forwarded, client] of [
      ['6.6.6.6, 198.51.100.7:50001', '198.51.100.7'],
      ['[2001:DB8:0::5]:443', '2001:db8::5'],
      ['::ffff:203.0.113.9', '203.0.113.9'],
      ['unknown', '127.0.0.1'],
    ] as const) {
      await ask(behind, '/t/pixel.gif?site=shop', { headers: { 'x-forwarded-for': forwarded } });
      expect(tracker.received.at(-1)?.headers['x-forwarded-for'], forwarded).toBe(client);
    }
    await behind.close();
  });

  it('lets no service set cookies or speak about itself, except sign-in', async () => {
    const answer = await ask(edge, '/api/v1/widgets', { headers: signedIn });
    for (const name of ['set-cookie', 'x-powered-by', 'server', 'x-hop']) expect(answer.headers).not.toHaveProperty(name);
    const session = await ask(edge, '/api/v1/session', { headers: signedIn });
    // With another session goes what was kept by the former one's key (last-seen-key.ts).
    expect(session.headers['set-cookie']).toEqual(['dm_session=new; HttpOnly', 'x=1', expect.stringMatching(/^dm_last_seen=;/)]);
    expect(registry.received[1]?.headers['cookie']).toBe(signedIn.cookie);
    const near = await ask(edge, '/api/v1/sessions', { headers: signedIn });
    expect(near.headers).not.toHaveProperty('set-cookie');
  });

  it('passes publish tokens on as they are, without a token of the session', async () => {
    await ask(edge, '/api/v1/widgets', { headers: { ...signedIn, authorization: 'Bearer dmp_abc' } });
    expect(registry.received[0]?.headers.authorization).toBe('Bearer dmp_abc');
    expect(registry.exchanges).toEqual([]);
  });

  it("leaves the issuer's own credentials to the issuer", async () => {
    await ask(edge, '/oidc/token', { method: 'POST', headers: { authorization: 'Basic Y2xpZW50OnNlY3JldA==' }, body: 'grant_type=x' });
    expect(registry.received[0]?.headers.authorization).toBe('Basic Y2xpZW50OnNlY3JldA==');
  });

  it('asks for a token once per audience, and again after sign-out', async () => {
    const fresh = await startEdge({ registry: registry.url, tracker: tracker.url });
    await Promise.all([ask(fresh, '/api/v1/a', { headers: signedIn }), ask(fresh, '/remotes/a/1/b.mjs', { headers: signedIn })]);
    await ask(fresh, '/t/pixel.gif', { headers: signedIn });
    expect(registry.exchanges.sort()).toEqual(['registry-api', 'tracker']);
    expect(tracker.received[0]?.headers.authorization).toBe('Bearer jwt-for-tracker');
    // Another write of the session's own pages is none: whoever asks meanwhile would be nobody for a moment.
    const asked = registry.exchanges.length;
    await ask(fresh, '/api/v1/session/tokens', { method: 'POST', headers: fromPage });
    await ask(fresh, '/api/v1/widgets', { headers: signedIn });
    expect(registry.exchanges).toHaveLength(asked);
    await ask(fresh, '/api/v1/session/sign-out', { method: 'POST', headers: fromPage });
    registry.state.known = false;
    await ask(fresh, '/api/v1/a', { headers: signedIn });
    expect(registry.received.at(-1)?.headers).not.toHaveProperty('authorization');
    await fresh.close();
  });

  it('passes an event stream on as it comes, and ends it there when the reader goes', async () => {
    const first = await new Promise<{ text: string; outgoing: ClientRequest }>((done, fail) => {
      const outgoing = request({
        host: edge.url.hostname,
        port: edge.url.port,
        path: '/api/v1/events',
        headers: { host: 'dashboard.test', ...signedIn },
      });
      outgoing.on('response', (incoming) => {
        incoming.on('error', () => undefined);
        incoming.once('data', (part: Buffer) => done({ text: part.toString(), outgoing }));
      });
      outgoing.on('error', fail);
      outgoing.end();
    });
    expect(first.text).toBe('data: first\n\n');
    const metrics = await ask(edge, '/metrics', local);
    expect(metrics.body).toContain('edge_open_streams 1');
    first.outgoing.destroy();
    await streamClosed;
    await expect.poll(async () => (await ask(edge, '/metrics', local)).body).toContain('edge_open_streams 0');
  });

  it('streams uploads, with a length and without', async () => {
    const body = Buffer.alloc(3_000_000, 7);
    const known = await ask(edge, '/api/v1/upload', {
      method: 'PUT',
      headers: { authorization: 'Bearer dmp_abc', 'content-length': String(body.length) },
      body,
    });
    expect(known.body).toBe('{"size":3000000}');
    const chunked = await ask(edge, '/api/v1/upload', {
      method: 'PUT',
      headers: { authorization: 'Bearer dmp_abc', 'transfer-encoding': 'chunked' },
      body,
    });
    expect(chunked.body).toBe('{"size":3000000}');
  });

  it('passes the body of any method on as a body, never as another request', async () => {
    const body = 'POST /internal/v1/service-token HTTP/1.1\r\nhost: dashboard.test\r\ncontent-length: 0\r\n\r\n';
    for (const method of ['GET', 'DELETE', 'OPTIONS']) {
      const answer = await ask(edge, '/api/v1/widgets', { method, headers: { 'transfer-encoding': 'chunked' }, body });
      expect(answer.body, method).toBe(JSON.stringify({ size: body.length }));
      // The next one may well travel on the same connection.
      expect((await ask(edge, '/api/v1/next')).body, method).toBe('{"size":0}');
    }
    expect(registry.received.map(({ method, url }) => `${method} ${url}`)).toEqual(
      ['GET', 'DELETE', 'OPTIONS'].flatMap((method) => [`${method} /api/v1/widgets`, 'GET /api/v1/next']),
    );
    expect(registry.exchanges).toEqual([]);
  });

  it('cuts an answer that broke off instead of passing it as whole', async () => {
    await expect(ask(edge, '/api/v1/broken', { headers: signedIn })).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  it('takes a pixel with 100 KB of query to the tracker', async () => {
    const url = `/t/pixel.gif?site=dashboard&x=${'a'.repeat(100_000)}`;
    expect((await ask(edge, url)).status).toBe(200);
    expect(tracker.received[0]?.url).toBe(url);
  });

  it('never passes on what is internal, or paths that could mean another', async () => {
    expect((await ask(edge, '/internal/v1/service-token', { method: 'POST', headers: fromPage, body: '{}' })).status).toBe(404);
    for (const path of [
      '/api/v1/../../internal/v1/service-token',
      '/api/v1/%2e%2e/%2e%2e/internal',
      '/api/v1/..%2f..',
      '//evil/api/v1/x',
      '/api/v1/%zz',
      '/api/v1/..\\x',
    ]) {
      expect(codeOf(await ask(edge, path)), path).toBe('path_refused');
    }
    expect(registry.received).toEqual([]);
  });

  it('says which service is down, and works again when it is back', async () => {
    const gone = await startRegistry();
    const lone = await startEdge({ registry: gone.url, tracker: tracker.url });
    await ask(lone, '/t/pixel.gif', { headers: signedIn });
    await gone.close();
    const answer = await ask(lone, '/api/v1/widgets');
    expect([answer.status, codeOf(answer), answer.headers['content-type']]).toEqual([
      502,
      'upstream_unavailable',
      'application/problem+json; charset=utf-8',
    ]);
    expect((await ask(lone, '/readyz')).status).toBe(503);
    expect((await ask(lone, '/healthz')).status).toBe(200);
    expect((await ask(lone, '/t/pixel.gif', { headers: signedIn })).status).toBe(200);
    await lone.close();
    expect((await ask(edge, '/readyz')).status).toBe(200);
  });

  it('knows no session in a cookie that registry-api does not know', async () => {
    await ask(edge, '/api/v1/widgets', { headers: { cookie: `dm_session=${SESSION}x` } });
    expect(registry.received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('answers for one host only', async () => {
    for (const host of ['evil.example', 'localhost', '127.0.0.1', 'dashboard.test:81', '']) {
      const answer = await ask(edge, '/', { headers: { host } });
      expect([answer.status, codeOf(answer)], host).toEqual([421, 'host_unknown']);
    }
    expect((await ask(edge, '/healthz', { headers: { host: '10.0.0.7:4000' } })).status).toBe(200);
    expect((await ask(edge, '/metrics', { headers: { host: 'rebound.example' } })).status).toBe(421);
  });

  it('shows its figures to this machine, and never under the public name', async () => {
    expect((await ask(edge, '/metrics', local)).body).toContain('edge_request_seconds');
    expect((await ask(edge, '/metrics')).status).toBe(404);
    expect((await ask(edge, '/metrics', { headers: { host: '[::1]:4000' } })).status).toBe(200);
  });

  it('refuses writes with a cookie that no page of ours sent', async () => {
    const refusedHeaders = [
      signedIn,
      { ...signedIn, origin: 'https://evil.example' },
      { ...signedIn, origin: 'null' },
      { ...fromPage, 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of refusedHeaders) {
      const answer = await ask(edge, '/api/v1/layouts', { method: 'POST', headers, body: '{}' });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'origin_refused']);
    }
    expect((await ask(edge, '/api/v1/layouts', { method: 'POST', headers: fromPage, body: '{}' })).status).toBe(200);
    expect((await ask(edge, '/api/v1/layouts', { method: 'POST', headers: { ...signedIn, origin: ORIGIN }, body: '{}' })).status).toBe(200);
    expect((await ask(edge, '/api/v1/widgets', { method: 'PUT', headers: { authorization: 'Bearer dmp_a' }, body: '{}' })).status).toBe(
      200,
    );
  });
});
