import { symlink } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { ConfigError } from '@datamesh/service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, signedIn, startEdge, startRegistry, startService, temporaryFolder } from '../testing/edge';
import { parseSources, type SourceConfig } from './config';

/** More than all buffers on the way hold. */
const LARGE = 40_000_000;

describe('data sources', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let upstream: Awaited<ReturnType<typeof startService>>;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  let sources: Record<string, SourceConfig>;
  beforeAll(async () => {
    registry = await startRegistry();
    upstream = await startService((incoming, response) => {
      if (incoming.url?.endsWith('/moved')) return void response.writeHead(302, { location: 'http://evil.example/' }).end();
      if (incoming.url?.endsWith('/closed')) return void response.writeHead(401).end();
      if (incoming.url?.endsWith('/silent')) return;
      if (incoming.url?.endsWith('/large')) return void response.end(Buffer.alloc(LARGE));
      response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b', etag: '"1"', 'access-control-allow-origin': '*' })
        .end('<script>alert(1)</script>');
    });
    folder = await temporaryFolder({
      'in/series/AAPL.json': '{"a":1}',
      'in/readme.txt': 'no',
      'in/prices.json': '{"columns":[],"rows":[]}',
      'in/other.json': '[1]',
      'in/broken.json': '{',
      'secret.json': '{"secret":true}',
    });
    await symlink(join(folder.path, 'secret.json'), join(folder.path, 'in/link.json'));
    sources = {
      markets: { kind: 'folder', folder: join(folder.path, 'in'), departments: ['*'] },
      payroll: { kind: 'folder', folder: join(folder.path, 'in'), departments: ['finance', 'hr'] },
      crm: {
        kind: 'upstream',
        url: new URL('/base/', upstream.url),
        headers: { authorization: 'Bearer of-the-source' },
        timeout: 30_000,
        departments: ['sales'],
      },
      hasty: { kind: 'upstream', url: new URL('/base/', upstream.url), headers: {}, timeout: 300, departments: ['sales'] },
      patient: { kind: 'upstream', url: new URL('/base/', upstream.url), headers: {}, timeout: 1_500, departments: ['sales'] },
    };
    edge = await startEdge({ registry: registry.url, sources });
  });
  afterAll(async () => {
    await edge.close();
    await registry.close();
    await upstream.close();
    await folder.remove();
  });

  it('is for people who are signed in', async () => {
    const answer = await ask(edge, '/data/markets/series/AAPL.json');
    expect([answer.status, codeOf(answer)]).toEqual([401, 'session_unknown']);
    expect((await ask(edge, '/data/crm/x')).status).toBe(401);
    expect(upstream.received).toEqual([]);
  });

  it('is for the departments that the administrator names, and admins', async () => {
    const of = async (path: string, roles: string[], departments: string[]) => {
      Object.assign(registry.state, { roles, departments });
      const lone = await startEdge({ registry: registry.url, sources });
      const answer = await ask(lone, path, { headers: signedIn });
      await lone.close();
      return answer.status === 200 ? 200 : [answer.status, codeOf(answer)];
    };
    const payroll = '/data/payroll/series/AAPL.json';
    expect(await of(payroll, ['viewer'], ['sales'])).toEqual([403, 'source_not_yours']);
    expect(await of(payroll, ['power-user', 'publisher'], [])).toEqual([403, 'source_not_yours']);
    expect(await of(payroll, ['viewer'], ['hr'])).toBe(200);
    expect(await of(payroll, ['admin'], [])).toBe(200);
    upstream.received.length = 0;
    expect(await of('/data/crm/people', ['viewer'], ['operations'])).toEqual([403, 'source_not_yours']);
    expect(upstream.received).toEqual([]);
    expect(await of('/data/markets/series/AAPL.json', ['viewer'], [])).toBe(200);
    Object.assign(registry.state, { roles: ['viewer'], departments: ['sales'] });
  });

  it('reads JSON below the folder, privately, and only when it changed', async () => {
    const first = await ask(edge, '/data/markets/series/AAPL.json', { headers: { ...signedIn, 'accept-encoding': 'br' } });
    expect([first.status, brotliDecompressSync(first.bytes).toString()]).toEqual([200, '{"a":1}']);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    const again = await ask(edge, '/data/markets/series/AAPL.json', {
      headers: { ...signedIn, 'if-none-match': String(first.headers.etag) },
    });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('lists the sources and their tables to who is signed in: whatever stands in the folder and is one', async () => {
    expect((await ask(edge, '/data/')).status).toBe(401);
    const answer = await ask(edge, '/data/', { headers: signedIn });
    expect(JSON.parse(answer.body)).toEqual({
      items: [
        { source: 'markets', tables: ['prices.json'], departments: ['*'] },
        { source: 'crm', tables: [], departments: ['sales'] },
        { source: 'hasty', tables: [], departments: ['sales'] },
        { source: 'patient', tables: [], departments: ['sales'] },
      ],
    });
    expect((await ask(edge, '/data/', { method: 'POST' })).status).toBe(405);
  });

  it('reads nothing else', async () => {
    for (const path of [
      'readme.txt',
      'link.json',
      'series',
      'series/',
      'series%2fAAPL.json',
      '.json',
      'none.json',
      'series/AAPL.json/x.json',
      'a'.repeat(300),
    ]) {
      const answer = await ask(edge, `/data/markets/${path}`, { headers: signedIn });
      expect([answer.status, codeOf(answer)], path).toEqual([404, 'data_not_found']);
    }
    expect(codeOf(await ask(edge, '/data/markets/../secret.json', { headers: signedIn }))).toBe('path_refused');
    expect(codeOf(await ask(edge, '/data/none/x.json', { headers: signedIn }))).toBe('source_unknown');
    expect((await ask(edge, '/data/markets/series/AAPL.json', { method: 'DELETE' })).status).toBe(405);
  });

  it("asks an upstream with the source's credentials and without the caller's", async () => {
    const answer = await ask(edge, '/data/crm/people?page=2', {
      headers: { ...signedIn, authorization: 'Bearer mine', 'x-api-key': 'mine', accept: 'application/json' },
    });
    const seen = upstream.received.at(-1);
    expect(seen?.url).toBe('/base/people?page=2');
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer of-the-source', accept: 'application/json', host: upstream.url.host });
    for (const name of ['cookie', 'x-api-key', 'x-forwarded-for']) expect(seen?.headers).not.toHaveProperty(name);
    expect(answer.headers).toMatchObject({
      etag: '"1"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    });
    for (const name of ['set-cookie', 'access-control-allow-origin']) expect(answer.headers).not.toHaveProperty(name);
  });

  it('sends an upstream nothing beyond its own folder: neither a body that reads as a request nor a path that climbs', async () => {
    upstream.received.length = 0;
    const body = 'GET /admin HTTP/1.1\r\nhost: x\r\n\r\n';
    const framings: Record<string, string>[] = [{ 'transfer-encoding': 'chunked' }, { 'content-length': String(body.length) }];
    for (const framing of framings) await ask(edge, '/data/crm/accounts', { headers: { ...signedIn, ...framing }, body });
    await ask(edge, '/data/crm/next', { headers: signedIn });
    // Servlet containers read `..;x` as `..`.
    for (const path of ['..;/admin', 'a/..;x=1/..;/admin', '%2e%2e%3b/admin'])
      expect(codeOf(await ask(edge, `/data/crm/${path}`, { headers: signedIn })), path).toBe('path_refused');
    expect(upstream.received.map(({ url }) => url)).toEqual(['/base/accounts', '/base/accounts', '/base/next']);
  });

  it('survives an upstream that does not speak HTTP as it should', async () => {
    for (const answer of ['HTTP/1.1 000 x\r\ncontent-length: 0', 'HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x']) {
      const odd = createServer((socket) => socket.on('data', () => socket.end(`${answer}\r\n\r\n`)));
      await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done));
      const url = new URL(`http://127.0.0.1:${(odd.address() as AddressInfo).port}/`);
      const sources = { odd: { kind: 'upstream', url, headers: {}, timeout: 30_000, departments: ['*'] } } as const;
      const lone = await startEdge({ registry: registry.url, sources });
      const refused = await ask(lone, '/data/odd/x', { headers: signedIn });
      expect([refused.status, codeOf(refused)], answer).toEqual([502, 'upstream_unavailable']);
      await lone.close();
      await new Promise((done) => odd.close(done));
    }
  });

  it('follows no redirect, hides refused credentials, and does not wait for ever', async () => {
    expect(codeOf(await ask(edge, '/data/crm/moved', { headers: signedIn }))).toBe('upstream_refused');
    const closed = await ask(edge, '/data/crm/closed', { headers: signedIn });
    expect([closed.status, codeOf(closed)]).toEqual([502, 'upstream_refused']);
    const silent = await ask(edge, '/data/hasty/silent', { headers: signedIn });
    expect([silent.status, codeOf(silent)]).toEqual([504, 'upstream_timeout']);
  });

  it('lets a client pause longer than the source may be silent', async () => {
    const read = await new Promise<number>((done, fail) => {
      const outgoing = request({
        host: edge.url.hostname,
        port: edge.url.port,
        path: '/data/patient/large',
        headers: { host: 'dashboard.test', ...signedIn },
      });
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        let size = 0;
        incoming.on('error', fail);
        incoming.on('end', () => done(size));
        // More than twice as long as the source may take between two bytes.
        setTimeout(() => incoming.on('data', (part: Buffer) => (size += part.length)), 4_000);
      });
      outgoing.end();
    });
    expect(read).toBe(LARGE);
  });
});

describe('DATA_SOURCES', () => {
  const parse = (value: unknown, env = {}) => parseSources(value, { base: '/srv', env });

  it('takes folders, and upstreams with credentials from the environment', () => {
    const sources = parse(
      { a: { folder: 'x' }, b: { upstream: 'https://crm.test/api', headers: { Authorization: { env: 'TOKEN' } }, departments: ['sales'] } },
      { TOKEN: 't' },
    );
    expect(sources.get('a')).toEqual({ kind: 'folder', folder: '/srv/x', departments: ['*'] });
    expect(sources.get('b')).toEqual({
      kind: 'upstream',
      url: new URL('https://crm.test/api/'),
      headers: { authorization: 't' },
      timeout: 10_000,
      departments: ['sales'],
    });
  });

  it.each([
    ['[]', /object/],
    ['{"A":{"folder":"x"}}', /name like/],
    ['{"a":{"folder":"x","upstream":"http://x"}}', /unknown key "upstream"/],
    ['{"a":{"upstream":"ftp://x"}}', /http\(s\)/],
    ['{"a":{"folder":"x","departments":"sales"}}', /departments must be a list/],
    ['{"a":{"folder":"x","departments":["Sales Team"]}}', /departments must be a list/],
    ['{"a":{"upstream":"http://x","headers":{"authorization":{"env":"NONE"}}}}', /NONE, which is not set/],
  ])('says what is wrong with %s', (text, message) => {
    const attempt = () => parseSources(JSON.parse(text), { base: '/', env: {} });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(message);
  });
});
