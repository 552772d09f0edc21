/**
 * Requests that nobody makes by accident, to every kind of route: headers and paths as long as they may be. What takes more than its length to look
 * at takes hours here, and the test ends by its time.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, signedIn, startEdge, startRegistry, startService, temporaryFolder } from './testing/edge';

const times = (text: string, count: number): string => text.repeat(count);
const routes = [
  '/',
  '/d/sales',
  '/api/v1/layouts',
  '/remotes/a/1.0.0/b.mjs',
  '/oidc/auth',
  '/t/pixel.gif',
  '/data/',
  '/data/folder/file.json',
];
routes.push('/data/upstream/file.json', '/assets/main.1.mjs', '/healthz', '/nowhere');

let registry: Awaited<ReturnType<typeof startRegistry>>;
let upstream: Awaited<ReturnType<typeof startService>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let edge: Awaited<ReturnType<typeof startEdge>>;

beforeAll(async () => {
  registry = await startRegistry();
  upstream = await startService((_request, response) => void response.end('{}'));
  folder = await temporaryFolder({ 'file.json': '{}', 'deep.json': times('[', 200_000), 'empty.json': '' });
  edge = await startEdge({
    registry: registry.url,
    sources: {
      folder: { kind: 'folder', folder: folder.path, departments: ['*'] },
      upstream: { kind: 'upstream', url: new URL('/base/', upstream.url), headers: {}, timeout: 5_000, departments: ['*'] },
    },
  });
});
afterAll(async () => {
  await edge.close();
  await upstream.close();
  await registry.close();
  await folder.remove();
});

describe.each<[string, Record<string, string>]>([
  ['a cookie of 16 KB', { cookie: `${signedIn.cookie}; x=${times('a', 16_000)}` }],
  ['a session of 16 KB', { cookie: `dm_session=${times('a', 16_000)}` }],
  ['ten thousand cookies', { cookie: `${times('a=b; ', 10_000)}${signedIn.cookie}` }],
  ['a cookie of blanks', { cookie: `;${times(' ', 100_000)}x; ${signedIn.cookie}` }],
  ['a cookie of semicolons', { cookie: `${times(';', 100_000)}${signedIn.cookie}` }],
  ['a theme of blanks', { ...signedIn, 'sec-ch-prefers-color-scheme': times(' ', 100_000) }],
  ['ten thousand codings', { ...signedIn, 'accept-encoding': times('gzip;q=0.5,', 10_000) }],
  ['a coding of blanks', { ...signedIn, 'accept-encoding': `gzip${times(' ', 100_000)}x` }],
  ['a coding of weights', { ...signedIn, 'accept-encoding': `br${times(';q=1', 30_000)}` }],
  ['ten thousand media types', { ...signedIn, accept: times('text/html;q=0.1,', 10_000) }],
  ['a media type of blanks', { ...signedIn, accept: `text/html${times(' ', 100_000)}x` }],
  ['ten thousand tags', { ...signedIn, 'if-none-match': times('"a",', 20_000) }],
  ['a tag that never ends', { ...signedIn, 'if-none-match': `"${times('a', 100_000)}` }],
  ['a tag of blanks', { ...signedIn, 'if-none-match': `W/${times(' ', 100_000)}"a"` }],
  ['a moment of blanks', { ...signedIn, 'if-modified-since': `Thu${times(' ', 100_000)}x` }],
  ['ten thousand ranges', { ...signedIn, range: `bytes=${times('0-1,', 20_000)}0-1` }],
  ['a range beyond everything', { ...signedIn, range: `bytes=${times('9', 100_000)}-` }],
  ['ten thousand proxies', { ...signedIn, 'x-forwarded-for': times('10.0.0.1,', 10_000) }],
  ['a request id of 100 KB', { ...signedIn, 'x-request-id': times('a', 100_000) }],
  ['a connection of names', { ...signedIn, connection: times('x-hop,', 20_000) }],
  ['a credential of 100 KB', { ...signedIn, authorization: `Bearer dmp_${times('a', 100_000)}` }],
  ['a language of 100 KB', { ...signedIn, 'accept-language': times('de;q=0.5,', 10_000) }],
])('%s', (_what, headers) => {
  it.each(routes)('at %s is answered', async (path) => {
    const answer = await ask(edge, path, { headers });
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400) expect(answer.body).toMatch(/"code":"[a-z_]+"|<\/html>/);
  });
});

describe.each([
  ['of 100 KB', (path: string) => `${path}/${times('a', 100_000)}`],
  ['of a hundred thousand parts', (path: string) => `${path}${times('/a', 50_000)}`],
  ['of slashes', (path: string) => `${path}${times('/', 100_000)}`],
  ['encoded twenty times over', (path: string) => `${path}/%${times('25', 20)}61`],
  ['encoded without end', (path: string) => `${path}/%${times('25', 50_000)}61`],
  ['with a query of 100 KB', (path: string) => `${path}?${times('a=b&', 25_000)}`],
  ['with a query of prototypes', (path: string) => `${path}?__proto__[x]=1&constructor[prototype][x]=1`],
  ['with a query of broken escapes', (path: string) => `${path}?a=%E0%A4%A&%=%`],
])('a path %s', (_what, made) => {
  it.each(routes)('below %s is answered', async (path) => {
    const answer = await ask(edge, made(path), { headers: signedIn });
    expect(answer.status).toBeLessThan(500);
  });
});

it.each(['%2e%2e', '%252e%252e', '%25252e%25252e', '..%3bx', '%2e%2e%253bx', 'a%5c..', 'a%255c..', 'a%00', 'a%2500'])(
  'a path that climbs once it is decoded often enough is refused: %s',
  async (part) => {
    upstream.received.length = 0;
    for (const path of [`/data/upstream/${part}/file.json`, `/api/v1/${part}/x`, `/remotes/${part}/x`]) {
      const answer = await ask(edge, path, { headers: signedIn });
      expect([answer.status, codeOf(answer)], path).toEqual([400, 'path_refused']);
    }
    expect(upstream.received).toEqual([]);
  },
);

it('a percent sign in a name is one', async () => {
  expect((await ask(edge, '/data/upstream/100%25.json', { headers: signedIn })).status).toBe(200);
  expect(upstream.received.at(-1)?.url).toBe('/base/100%25.json');
});

it('a folder with files that are no tables is listed without them', async () => {
  const answer = await ask(edge, '/data/', { headers: signedIn });
  expect(JSON.parse(answer.body)).toEqual({
    items: [
      { source: 'folder', tables: [], departments: ['*'] },
      { source: 'upstream', tables: [], departments: ['*'] },
    ],
  });
  expect((await ask(edge, '/data/folder/deep.json', { headers: signedIn })).status).toBe(200);
});
