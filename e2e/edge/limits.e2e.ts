/**
 * How much one person, token or address may ask for, seen by whoever calls the built system through its edge: what is left is said with every answer,
 * then it is 429 with the time to wait, and nobody else is held up by that.
 */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../harness/stack';
import { operations } from './operations';
import { signedIn, tokenOf } from './people';

type Headers = Readonly<Record<string, string>>;
const QUOTAS = { 'sign-ins': 7, writes: 5, reads: 9, questions: 6, data: 4, 'events-person': 500, 'events-address': 600 };
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

let stack: Stack;
let casey: Headers;
let alex: Headers;
let token: Headers;

beforeAll(async () => {
  const SITES = JSON.stringify([
    { id: 'dashboard', identity: 'account', origins: [], departments: ['*'] },
    { id: 'shop', identity: 'daily', origins: [], departments: ['*'] },
  ]);
  const limits = {
    LIMIT_SIGN_INS: String(QUOTAS['sign-ins']),
    LIMIT_WRITES: String(QUOTAS.writes),
    LIMIT_READS: String(QUOTAS.reads),
    LIMIT_QUESTIONS: String(QUOTAS.questions),
    LIMIT_DATA: String(QUOTAS.data),
    LIMIT_EVENTS_PER_PERSON: String(QUOTAS['events-person']),
    LIMIT_EVENTS_PER_ADDRESS: String(QUOTAS['events-address']),
  };
  // The test says for whom it asks, as a load balancer on the same machine would.
  stack = await Stack.start({ env: { ...limits, SITES, TRUSTED_PROXIES: '127.0.0.0/8,::1' } });
  [casey, alex] = await Promise.all([signedIn(stack, 'casey'), signedIn(stack, 'alex')]);
  token = await tokenOf(stack, 'limits-team');
});
afterAll(async () => {
  await stack?.stop();
});

interface Answer {
  status: number;
  headers: Headers;
  body: string;
}
/** With exactly these headers, which fetch would not send, and no redirect followed. */
const ask = (path: string, headers: Headers = {}, method = 'GET', body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, stack.url), { method, headers, agent: false }, (incoming) => {
      text(incoming).then(
        (said) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers as Headers, body: said }),
        reject,
      );
    });
    outgoing.on('error', reject).end(body);
  });
const from = (address: string): Headers => ({ 'x-forwarded-for': address });
const json = { 'content-type': 'application/json' };

type Limit = keyof typeof QUOTAS;
/** All that the limit allows, each answer with what is left, and one more. */
async function exhaust(limit: Limit, once: () => Promise<Answer>): Promise<Answer> {
  const quota = QUOTAS[limit];
  const left: string[] = [];
  for (let times = 0; times < quota; times++) {
    const { status, headers, body } = await once();
    expect(status, `${limit}: ${body.slice(0, 200)}`).not.toBe(429);
    expect(headers['ratelimit-policy']).toBe(`"${limit}";q=${quota};w=60`);
    expect(headers['retry-after']).toBeUndefined();
    left.push(/^"[a-z-]+";r=(\d+);t=\d+$/.exec(headers['ratelimit'] ?? '')?.[1] ?? String(headers['ratelimit']));
  }
  expect(left).toEqual(Array.from({ length: quota }, (_, index) => String(quota - 1 - index)));
  return once();
}

/** Refused for a while that is said, in a form that programs read. */
function isRefused({ status, headers, body }: Answer, limit: Limit): void {
  expect([status, headers['content-type']?.split(';')[0]]).toEqual([429, 'application/problem+json']);
  expect(JSON.parse(body)).toMatchObject({ status: 429, code: 'rate_limited', requestId: expect.stringMatching(/./) });
  expect(headers['ratelimit']).toMatch(new RegExp(`^"${limit}";r=0;t=\\d+$`));
  const wait = Number(headers['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
}

// A minute is long enough for what one test does, also on a busy machine: the calls of each are few, and one after the other.
describe('one address', () => {
  it.each([
    ['begins sign-ins', '/api/v1/session/sign-in'],
    ['comes back from the issuer', '/api/v1/session/callback?code=x&state=y'],
    ['asks the development issuer', '/oidc/auth'],
  ])('%s as often as it may, of IPv6 a whole /64', async (_what, path) => {
    let last = 0;
    const network = `2001:db8:0:${path.length.toString(16)}`;
    isRefused(await exhaust('sign-ins', () => ask(path, from(`${network}::${++last}`))), 'sign-ins');
    expect((await ask(path, from('2001:db8:1:1::1'))).status).not.toBe(429);
  });

  it('brings as many events as it may; a pixel stays a pixel', async () => {
    const batch = (address: string, events: number) =>
      ask(
        '/t/events',
        { ...json, 'user-agent': BROWSER, ...from(address) },
        'POST',
        JSON.stringify(Array.from({ length: events }, () => ({ site: 'shop', path: '/limits' }))),
      );
    const first = await batch('198.51.100.1', 500);
    expect([first.status, first.headers['ratelimit']]).toEqual([200, expect.stringMatching(/^"events-address";r=100;t=\d+$/)]);
    const over = await batch('198.51.100.1', 101);
    isRefused({ ...over, headers: { ...over.headers, ratelimit: `"events-address";r=0;t=1` } }, 'events-address');
    expect(over.headers['datamesh-event']).toBe('dropped; reason=rate_limited');
    const pixel = (address: string) => ask('/t/pixel.gif?site=shop', { 'user-agent': BROWSER, ...from(address) });
    const refused = await pixel('198.51.100.1');
    expect([refused.status, refused.headers['content-type'], refused.headers['datamesh-event']]).toEqual([
      200,
      'image/gif',
      'dropped; reason=rate_limited',
    ]);
    expect((await pixel('198.51.100.2')).headers['datamesh-event']).toBe('stored');
  });
});

describe('one person', () => {
  const read = (as: Headers) => ask('/api/v1/layouts', as);
  const resolve = (as: Headers) => ask('/api/v1/resolve', { ...as, ...json }, 'POST', '{"widgets":[]}');
  const write = (as: Headers) => ask('/api/v1/layouts/6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11/draft', as, 'DELETE');
  const question = (as: Headers) => ask('/api/tracker/v1/sites', as);
  const data = (as: Headers) => ask('/data/', as);

  it.each([
    ['reads', 'reads', read, resolve],
    ['changes something', 'writes', write, write],
    ['asks the tracker', 'questions', question, question],
    ['reads data', 'data', data, data],
  ] as const)('%s as often as they may, from wherever', async (_what, limit, once, also) => {
    let last = 0;
    isRefused(await exhaust(limit, () => once({ ...casey, ...from(`198.51.100.${++last}`) })), limit);
    isRefused(await also(casey), limit);
    expect((await once(alex)).status).not.toBe(429);
  });

  it('brings as many events as they may', async () => {
    const batch = (as: Headers, events: number) =>
      ask(
        '/t/events',
        { cookie: as['cookie'] ?? '', origin: stack.url, ...json, 'user-agent': BROWSER },
        'POST',
        JSON.stringify(Array(events).fill({ site: 'dashboard' })),
      );
    const first = await batch(casey, 500);
    expect(first.headers['ratelimit']).toMatch(/^"events-person";r=0;t=\d+$/);
    isRefused(await batch(casey, 1), 'events-person');
    expect((await batch(alex, 1)).status).not.toBe(429);
  });

  it('who is over one limit is not over another: they see the dashboard and sign out', async () => {
    expect((await ask('/', casey)).status).toBe(200);
    expect((await ask('/api/v1/session/sign-out', casey, 'POST')).status).toBe(204);
  });
});

it('a publish token reads and publishes as often as it may', async () => {
  isRefused(await exhaust('reads', () => ask('/api/v1/widgets', token)), 'reads');
  isRefused(await exhaust('writes', () => ask('/api/v1/widgets/limits-widget/versions/1.0.0', token, 'PUT')), 'writes');
});

it('every operation is counted for whoever is known, whatever becomes of it', async () => {
  const fresh = await tokenOf(stack, 'other-team');
  const dana = await signedIn(stack, 'dana');
  const uncounted: string[] = [];
  const others = {
    signOut: 'always possible',
    backChannelLogout: 'for the issuer, who may sign out many at once; believed by its signature alone',
    eraseVisitor:
      'for a sign-in of its own, which comes from the page that is limited; whoever has none is refused before anything is read',
  };
  for (const { name, method, path, service } of operations.filter(({ name }) => !(name in others))) {
    const { headers, status } = await ask(path, service === 'tracker' ? dana : fresh, method);
    if (headers['ratelimit'] === undefined) uncounted.push(`${name}: ${status}`);
  }
  expect(uncounted).toEqual([]);
});
