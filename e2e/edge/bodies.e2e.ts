/**
 * One rule of bodies for every route, seen by whoever calls the built system through its edge: every operation of the contracts, with bodies that
 * are too large, too slow, of another kind or broken. Each is refused by a whole, typed problem that reaches whoever sends all of it first, and
 * nobody else waits meanwhile.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HealthProbe } from '../harness/health-probe';
import { Stack } from '../harness/stack';
import { Wire, type WireAnswer } from '../harness/wire';
import { operations } from './operations';
import { signedIn, tokenOf } from './people';

type Headers = Readonly<Record<string, string>>;
interface Route {
  name: string;
  method: string;
  path: string;
  takes: string | undefined;
  /** What whoever is known gets for a body that is refused by itself; of a route that takes none, anything that is no fault of the server. */
  isRefused(status: number, as: number): boolean;
  nobody(status: number, as: number): boolean;
}

const OVERSIZED: Record<string, number> = { 'application/gzip': 21 * 1024 * 1024 };
const oversizedOf = ({ takes = '' }: Route): number => OVERSIZED[takes] ?? 1024 * 1024 + 1;
const AT_ONCE = 4;

const noFault = (status: number): boolean => status < 500;
/** The tracker forgets nobody for a session, and says so before it reads. */
const NEEDS_MORE = 403;

const routes: Route[] = [
  ...operations.map(({ name, service, method, path, takes, open }) => ({
    name,
    method,
    path,
    takes,
    isRefused:
      takes === undefined ? noFault : (status: number, as: number) => status === as || (service === 'tracker' && status === NEEDS_MORE),
    nobody: open ? (takes === undefined ? noFault : (status: number, as: number) => status === as) : (status: number) => status === 401,
  })),
  // Where events are collected: described in docs/tracker.md, for anybody.
  ...['/t/events', '/t/tick'].map((path) => collected('POST', path, path === '/t/events' ? 'application/json' : undefined)),
  ...['/t/pixel.gif?site=dashboard', '/t/tracker.js'].map((path) => collected('GET', path, undefined)),
  // The edge's own routes, and what has none.
  ...['/', '/data/markets/x.json', '/assets/x.mjs', '/remotes/x/1.0.0/y.mjs', '/oidc/auth', '/nowhere'].map((path) =>
    collected('POST', path, undefined),
  ),
];

const takingBodies = routes.filter(({ takes }) => takes !== undefined);
const takingJson = routes.filter(({ takes }) => takes === 'application/json');

function collected(method: string, path: string, takes: string | undefined): Route {
  const rule = takes === undefined ? noFault : (status: number, as: number) => status === as;
  return { name: `${method} ${path}`, method, path, takes, isRefused: rule, nobody: rule };
}

let stack: Stack;
let dana: Headers;
let casey: Headers;
let publisher: Headers;

beforeAll(async () => {
  const limits = ['SIGN_INS', 'WRITES', 'READS', 'QUESTIONS', 'DATA', 'EVENTS_PER_ADDRESS', 'EVENTS_PER_PERSON'];
  const none = Object.fromEntries(limits.map((name) => [`LIMIT_${name}`, 'none']));
  // Short, as every route is waited for; long enough for a busy machine to take in what is as large as it may be.
  stack = await Stack.start({ env: { BODY_SECONDS: '5', UPLOAD_SECONDS: '15', ...none } });
  dana = await signedIn(stack, 'dana');
  casey = await signedIn(stack, 'casey');
  publisher = await tokenOf(stack, 'edge-team');
});
afterAll(async () => {
  await stack?.stop();
});

const headOf = (method: string, path: string, headers: Headers): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `host: ${new URL(stack.url).host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

/** Signing out would leave all others without a session. */
const credentials = ({ name, takes }: Route): Headers => (takes === 'application/gzip' ? publisher : name === 'signOut' ? casey : dana);
const typeOf = ({ takes = 'application/json' }: Route): Headers => ({ 'content-type': takes });

/** What an answer says of itself; what is an error has to be a problem, whole and with its request. */
function statusOf({ status, headers, body }: WireAnswer): number {
  if (status < 400) return status;
  if (status >= 500) throw new Error(`${status} ${body}`);
  const page = headers['content-type']?.startsWith('text/html') ?? false;
  if (page) expect(body).toContain('</html>');
  else {
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/) });
  }
  expect(headers['x-request-id']).toMatch(/./);
  return status;
}

/** Sends all of it, listens only then, and asks for something else on the same connection. */
async function pour(head: string, bytes: number, chunked: boolean): Promise<number> {
  const wire = await Wire.open(stack.url);
  await wire.send(head);
  const chunk = 'x'.repeat(64 * 1024);
  for (let left = bytes; left > 0; left -= chunk.length) {
    const part = chunk.slice(0, left);
    if (!(await wire.send(chunked ? `${part.length.toString(16)}\r\n${part}\r\n` : part))) break;
  }
  if (chunked) await wire.send('0\r\n\r\n');
  await wire.send(headOf('GET', '/healthz', { connection: 'close' }));
  const answer = await wire.answer();
  const status = statusOf(answer);
  // Either the connection goes on, past all of the body, or it was closed for it: never is a part of the body taken for a request.
  if (answer.headers['content-type']?.startsWith('text/event-stream')) wire.destroy();
  else if (answer.headers['connection'] === 'close') expect(await wire.end()).toBe('closed');
  else expect((await wire.answer()).status).toBe(200);
  wire.destroy();
  return status;
}

/** The whole body at once. */
async function send(head: string, body: string): Promise<number> {
  const wire = await Wire.open(stack.url);
  await wire.send(head + body);
  const status = statusOf(await wire.answer());
  wire.destroy();
  return status;
}

/** A byte now and then, for ever. */
async function drip(head: string, drop: () => string): Promise<number> {
  const wire = await Wire.open(stack.url);
  await wire.send(head);
  const dripping = setInterval(() => void wire.send(drop()), 100);
  try {
    return statusOf(await wire.answer());
  } finally {
    clearInterval(dripping);
    wire.destroy();
  }
}

type Ask = (route: Route, headers: Headers) => Promise<number>;
/** By operation, what each got that is not as it should be. */
async function wrong(as: number, ask: Ask, { atOnce = AT_ONCE, among = routes } = {}): Promise<string[]> {
  const found: string[] = [];
  const queue = among.flatMap((one) => [
    { one, who: 'somebody known', headers: credentials(one), rule: one.isRefused },
    { one, who: 'nobody', headers: {}, rule: one.nobody },
  ]);
  const work = queue.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const { one, who, headers, rule } of work) {
        const got = await ask(one, headers).catch((error: Error) => error.message);
        if (typeof got === 'string' || !rule(got, as)) found.push(`${one.name}, asked by ${who}: ${got}`);
      }
    }),
  );
  return found;
}

describe('a body', () => {
  let probe: HealthProbe;
  beforeAll(async () => {
    probe = await HealthProbe.start(stack);
  });
  afterAll(() => probe?.stop('all hostile bodies'));

  it('that says how much too large it is', async () => {
    expect(
      await wrong(413, (one, headers) => {
        const bytes = oversizedOf(one);
        return pour(headOf(one.method, one.path, { ...typeOf(one), ...headers, 'content-length': String(bytes) }), bytes, false);
      }),
    ).toEqual([]);
  });

  it('that is too large in chunks', async () => {
    expect(
      await wrong(
        413,
        (one, headers) =>
          pour(headOf(one.method, one.path, { ...typeOf(one), ...headers, 'transfer-encoding': 'chunked' }), oversizedOf(one), true),
        { among: takingBodies },
      ),
    ).toEqual([]);
  });

  it('that is too large and waits to be asked for', async () => {
    expect(
      await wrong(
        413,
        async (one, headers) => {
          const bytes = oversizedOf(one);
          const head = headOf(one.method, one.path, {
            ...typeOf(one),
            ...headers,
            expect: '100-continue',
            'content-length': String(bytes),
          });
          return pour(head, bytes, false);
        },
        { among: takingBodies },
      ),
    ).toEqual([]);
  });

  it('that comes byte by byte is given up at its deadline', async () => {
    expect(
      await wrong(
        408,
        (one, headers) => drip(headOf(one.method, one.path, { ...typeOf(one), ...headers, 'content-length': '10000' }), () => 'x'),
        { atOnce: routes.length },
      ),
    ).toEqual([]);
  });

  it('that comes byte by byte in chunks is given up as well', async () => {
    expect(
      await wrong(
        408,
        (one, headers) =>
          drip(headOf(one.method, one.path, { ...typeOf(one), ...headers, 'transfer-encoding': 'chunked' }), () => '1\r\nx\r\n'),
        { atOnce: takingBodies.length, among: takingBodies },
      ),
    ).toEqual([]);
  });

  it('of another media type', async () => {
    expect(
      await wrong(415, (one, headers) =>
        send(headOf(one.method, one.path, { ...headers, 'content-type': 'application/xml', 'content-length': '4' }), '<a/>'),
      ),
    ).toEqual([]);
  });

  it('that is compressed, which none may be', async () => {
    expect(
      await wrong(
        415,
        (one, headers) =>
          send(headOf(one.method, one.path, { ...typeOf(one), ...headers, 'content-encoding': 'gzip', 'content-length': '4' }), 'abcd'),
        { among: takingJson },
      ),
    ).toEqual([]);
  });

  it.each([
    ['that is no JSON', '{"a":'],
    ['that is another JSON than asked for', '[[[[]]]]'],
    ['that is nested for ever', '['.repeat(200_000)],
    ['that is nested for ever, and closed', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['that is objects in objects', '{"a":'.repeat(100_000) + 'null' + '}'.repeat(100_000)],
    ['of a million empty lists', `[${'[],'.repeat(300_000)}[]]`],
    ['that names a prototype', '{"__proto__":{"x":1},"constructor":{"prototype":{}}}'],
    ['of a number beyond all', `{"a":${'9'.repeat(100_000)}}`],
    ['that is no UTF-8', '{"a":"\xff\xfe"}'],
    ['of nothing', ''],
  ])('%s', async (_what, body) => {
    const bytes = Buffer.from(body, 'latin1');
    const found: string[] = [];
    for (const one of takingJson) {
      const wire = await Wire.open(stack.url);
      await wire.send(headOf(one.method, one.path, { ...typeOf(one), ...credentials(one), 'content-length': String(bytes.length) }));
      await wire.send(bytes);
      const got = await wire.answer().then(statusOf, (error: Error) => error.message);
      if (typeof got === 'string' || !noFault(got)) found.push(`${one.name}: ${got}`);
      wire.destroy();
    }
    expect(found).toEqual([]);
  });
});

describe('a request', () => {
  it('with two Host headers is refused, whatever it asks for', async () => {
    const found: string[] = [];
    for (const one of routes) {
      const wire = await Wire.open(stack.url);
      await wire.send(headOf(one.method, one.path, { ...dana, Host: 'evil.example', 'content-length': '0' }));
      const answer = await wire.answer();
      if (statusOf(answer) !== 400 || !answer.body.includes('"host_ambiguous"')) found.push(`${one.name}: ${answer.status} ${answer.body}`);
      wire.destroy();
    }
    expect(found).toEqual([]);
  });

  it('below every path of the contracts, and by every other method, is answered by a problem', async () => {
    const found: string[] = [];
    for (const one of routes.filter(({ path }) => path.startsWith('/api/'))) {
      const [path = '', query] = one.path.split('?');
      const below = `${path}/nothing/of/the/kind${query ? `?${query}` : ''}`;
      for (const [method, target] of [
        [one.method, below],
        ['PATCH', one.path],
        ['PROPFIND', one.path],
        ['OPTIONS', one.path],
      ] as const)
        for (const headers of [dana, {}]) {
          const wire = await Wire.open(stack.url);
          await wire.send(headOf(method, target, { ...headers, 'content-length': '0' }));
          const got = await wire.answer().then(statusOf, (error: Error) => error.message);
          if (typeof got === 'string' || got < 400 || got >= 500) found.push(`${method} ${target}, ${Object.keys(headers)}: ${got}`);
          wire.destroy();
        }
    }
    expect(found).toEqual([]);
  });
});
