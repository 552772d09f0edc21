/**
 * Who gets what through the edge, of every operation of both contracts: the services' own tables say what each caller may do once it is known who
 * that is; here it is known from cookies and headers as they come in from outside. And that what is one person's alone is in nobody else's answers.
 */
import type { Layout, LayoutContentInput, Token } from '@datamesh/contracts';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Stack } from '../harness/stack';
import { operations, whoMay } from './operations';
import { layoutTokenOf, signedIn, tokenOf } from './people';
import { chart, content, type Known, known, type Question, TEAM, type Things, table, WIDGET, windows } from './who-may';

type Headers = Readonly<Record<string, string>>;
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const SITES = JSON.stringify([
  { id: 'dashboard', title: 'Dashboard', identity: 'account', origins: [], departments: ['*'] },
  { id: 'shop', title: 'Shop', identity: 'daily', origins: ['https://shop.example'], departments: ['sales'], owners: ['storefront'] },
]);

const demo = { viewer: 'casey', powerUser: 'alex', publisher: 'robin', admin: 'dana' } as const;
/** Whom the edge takes for nobody: what they bring says who they are, and nobody vouches for it. */
const strangers = [
  'with nothing',
  'who signed out',
  'with a made-up session',
  'with headers that claim an admin',
  'with a token that nobody signed',
  'with the token of a pod',
  'with the key of a sender',
] as const;

let stack: Stack;
let callers: Record<Known, Headers>;
let bring: Record<(typeof strangers)[number], Headers>;

beforeAll(async () => {
  stack = await Stack.start({ env: { SITES } });
  const token = await tokenOf(stack, TEAM);
  callers = {
    viewer: await signedIn(stack, demo.viewer),
    powerUser: await signedIn(stack, demo.powerUser),
    publisher: await signedIn(stack, demo.publisher),
    admin: await signedIn(stack, demo.admin),
    token,
    foreignToken: await tokenOf(stack, 'role-team'),
    setUp: { authorization: `Bearer ${await stack.bootstrapSecret()}` },
    layoutToken: await layoutTokenOf(stack, 'sales'),
  };
  for (const version of ['1.0.0', '1.0.1']) {
    const published = await ask({ path: `/widgets/${WIDGET}/versions/${version}`, method: 'PUT', body: chart(version), ...gzip }, token);
    expect(published.status).toBe(201);
  }
  expect((await ask({ path: `/widgets/${WIDGET}/channels/stable`, method: 'PUT', body: { version: '1.0.0' } }, token)).status).toBe(200);
  bring = await strangersOf();
});
afterAll(async () => {
  await stack?.stop();
});

const gzip = { headers: { 'content-type': 'application/gzip' } };

async function strangersOf(): Promise<typeof bring> {
  const over = await signedIn(stack, 'dana');
  expect((await ask({ path: '/session/sign-out', method: 'POST' }, over)).status).toBe(204);
  const claims = { sub: 'dana', sid: 'x', name: 'Dana', roles: ['admin'], departments: ['sales'], teams: [TEAM] };
  const jwt = (issuer: string): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'x' })
      .setIssuer(issuer)
      .setAudience(['registry-api', 'tracker', 'tracker/erasures'])
      .setExpirationTime('1h')
      .setIssuedAt()
      .sign(new TextEncoder().encode('a secret of nobody, long enough for this'));
  const unsigned = [{ alg: 'none', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return {
    'with nothing': {},
    'who signed out': over,
    'with a made-up session': { ...over, cookie: `dm_session=${'x'.repeat(43)}` },
    'with headers that claim an admin': {
      'x-user': 'dana',
      'x-auth-request-user': 'dana',
      'x-remote-user': 'dana',
      'x-roles': 'admin',
      'x-forwarded-user': 'dana',
      'x-forwarded-for': '127.0.0.1',
      forwarded: 'for=127.0.0.1',
    },
    'with a token that nobody signed': { authorization: `Bearer ${unsigned.join('.')}.` },
    'with the token of a pod': { authorization: `Bearer ${await jwt('https://kubernetes.default.svc')}` },
    'with the key of a sender': { authorization: `Bearer dmk_${'x'.repeat(43)}` },
  };
}

interface Answer {
  status: number;
  body: string;
}
async function ask({ path, method = 'GET', body, headers }: Question, as: Headers): Promise<Answer> {
  const json: Headers = body === undefined || headers?.['content-type'] !== undefined ? {} : { 'content-type': 'application/json' };
  const gone = new AbortController();
  const answer = await fetch(`${stack.url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
    method,
    headers: { ...as, ...json, ...headers },
    redirect: 'manual',
    signal: gone.signal,
    ...(body === undefined
      ? {}
      : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const streams = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const said = streams ? '' : await answer.text();
  gone.abort();
  return { status: answer.status, body: said };
}

async function createLayout(as: Headers, body: LayoutContentInput): Promise<string> {
  const answer = await ask({ path: '/layouts', method: 'POST', body }, as);
  if (answer.status !== 201) throw new Error(`no layout: ${answer.status} ${answer.body}`);
  return (JSON.parse(answer.body) as Layout).id;
}

const things: Things = {
  /** Its owner is none of those who ask but the set-up. */
  layout: () => createLayout(callers.setUp, content('Morning', { department: 'sales', visibility: 'department' })),
  token: async () => {
    const answer = await ask({ path: '/tokens', method: 'POST', body: { team: 'role-team', name: 'CI' } }, callers.setUp);
    return (JSON.parse(answer.body) as Token).id;
  },
};
const isPerson = (who: Known): who is keyof typeof demo => who in demo;
/** Whoever signs out with the others' session would be nobody for all that follows. */
const credentials = async (who: Known, operation: string): Promise<Headers> =>
  operation === 'signOut' && isPerson(who) ? signedIn(stack, demo[who]) : callers[who];
const rows = Object.entries(table).flatMap(([operation, asked]) => asked.map((row) => ({ operation, ...row })));
const openOnes = new Set(operations.filter(({ open }) => open).map(({ name }) => name));

/** What the contract's words for whom an operation is have in them when it is for these. */
const SAID: readonly [Known, RegExp][] = [
  ['admin', /\b(admins|everyone|whoever|who may|people)\b/i],
  ['token', /\b(publish tokens|every token)\b/i],
  ['setUp', /\bbootstrap secret\b/],
  ['layoutToken', /\b(tokens for (the|its) layouts|every token)\b/],
];
/** Open to the network, to a window, or to a token for this alone: who it is for shows later. */
const isKnownLater = (operation: string): boolean =>
  openOnes.has(operation) || operation === 'eraseVisitor' || table[operation]?.some(({ answers }) => answers === windows) === true;

describe('who may do what', () => {
  it('is said of every operation of both contracts, and of no other', () => {
    expect(Object.keys(table).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it.each(SAID)('as the contracts say it: %s', (who, words) => {
    const index = known.indexOf(who);
    const wrong = whoMay.filter(({ operation, text }) => {
      const answers = table[operation]?.map((row) => row.answers[index]) ?? [];
      return !isKnownLater(operation) && words.test(text) !== answers.some((answer) => answer !== 401 && answer !== 403);
    });
    expect(wrong).toEqual([]);
  });

  it.each(known.map((who, index) => [who, index] as const))('%s', async (who, index) => {
    const found: string[] = [];
    for (const { operation, answers, ask: question } of rows) {
      const asked = await question(things);
      const { status, body } = await ask(asked, await credentials(who, operation));
      const wanted = answers[index];
      const right = wanted === 'open' ? status < 500 && status !== 401 && status !== 403 : status === wanted;
      if (!right) found.push(`${operation} ${asked.path}: ${status} instead of ${wanted} ${body.slice(0, 200)}`);
    }
    expect(found).toEqual([]);
  });

  it.each(strangers)('somebody %s: what is open to anybody, and nothing else', async (who) => {
    const found: string[] = [];
    for (const { operation, ask: question } of rows) {
      const asked = await question(things);
      const { status, body } = await ask(asked, bring[who]);
      const right = openOnes.has(operation) ? status < 500 && status !== 401 : status === 401;
      if (!right) found.push(`${operation} ${asked.path}: ${status} ${body.slice(0, 200)}`);
    }
    expect(found).toEqual([]);
  });

  it('a token that is not known, or no more: nothing, and that is said also where nobody has to be known', async () => {
    const found: string[] = [];
    for (const { operation, ask: question } of rows) {
      const asked = await question(things);
      const { status, body } = await ask(asked, { authorization: `Bearer dmp_${'x'.repeat(43)}` });
      if (status !== 401) found.push(`${operation} ${asked.path}: ${status} ${body.slice(0, 200)}`);
    }
    expect(found).toEqual([]);
  });
});

describe('what is one person’s alone', () => {
  const WAIT = { timeout: 60_000, interval: 100 };
  const TITLE = 'Canary of one person';
  const DRAFT = 'Draft of one person';
  const SETTING = 'setting of one person';
  let layout: string;
  const others = known.filter((who) => who !== 'powerUser');
  /** Also for admins and the set-up, who see every layout. */
  const personal = [DRAFT, SETTING];
  /** Whoever follows a link may ask its owner for it, whether there is anything behind it or not. */
  const mayAsk = 'requestAccess';
  const seesLayouts = new Set<Known>(['admin', 'setUp']);

  beforeAll(async () => {
    const { powerUser } = callers;
    layout = await createLayout(powerUser, content(TITLE));
    const draft = { base: 1, content: content(DRAFT) };
    expect((await ask({ path: `/layouts/${layout}/draft`, method: 'PUT', body: draft }, powerUser)).status).toBe(200);
    const mine = { panels: { p1: { settings: { note: SETTING } } } };
    const kept = await ask({ path: `/layouts/${layout}/mine`, method: 'PUT', body: mine }, powerUser);
    expect(kept.status).toBe(200);
    const view = new URLSearchParams({ site: 'dashboard', url: `${stack.url}/l/${layout}`, layout_id: layout });
    const counted = await fetch(`${stack.url}/t/pixel.gif?${view}`, {
      headers: { cookie: powerUser['cookie'] ?? '', 'user-agent': BROWSER },
    });
    expect(counted.headers.get('datamesh-event')).toBe('stored');
    await vi.waitFor(async () => expect((await ask(await exportOf(), callers.admin)).body).toContain(layout), WAIT);
  });
  const exportOf = async (): Promise<Question> => {
    const found = table['export']?.at(-1);
    if (!found) throw new Error('no export in the table');
    return found.ask(things);
  };

  it.each(others)('is in no answer to %s, and cannot be changed by them', async (who) => {
    const found: string[] = [];
    const secret = seesLayouts.has(who) ? personal : [...personal, layout, TITLE];
    for (const { operation, answers, ask: question } of rows) {
      const asked = await question({ ...things, layout: async () => layout });
      const isRead = (asked.method ?? 'GET') === 'GET';
      // Who may do everything with it is not asked to: it must be there for those after them.
      if (!isRead && seesLayouts.has(who)) continue;
      const { status, body } = await ask(asked, await credentials(who, operation));
      const told = secret.filter((text) => body.includes(text));
      if (told.length > 0) found.push(`${operation} ${asked.path} says ${told.join(', ')}`);
      if (status === 401 && answers[known.indexOf(who)] !== 401) found.push(`${operation}: ${who} is nobody any more`);
      if (!isRead && operation !== mayAsk && asked.path.includes(layout) && status < 400)
        found.push(`${operation} ${asked.method} ${asked.path}: ${status}`);
    }
    expect(found).toEqual([]);
  });

  it('is there for them, afterwards as before', async () => {
    const { body } = await ask({ path: `/layouts/${layout}` }, callers.powerUser);
    expect([TITLE, SETTING].filter((text) => !body.includes(text))).toEqual([]);
    expect((await ask({ path: `/layouts/${layout}/draft` }, callers.powerUser)).body).toContain(DRAFT);
  });

  it('is on no event stream of others', async () => {
    const streams = await Promise.all((['viewer', 'publisher'] as const).map((who) => Heard.of(callers[who])));
    const hidden = await createLayout(callers.powerUser, content('Hidden from others'));
    const shown = await createLayout(callers.admin, content('For the company', { visibility: 'company' }));
    for (const stream of streams) {
      await expect.poll(() => stream.text, { message: 'what everybody may hear of is heard' }).toContain(shown);
      expect(stream.text).not.toContain(hidden);
      stream.close();
    }
  });
});

/** An event stream as one person hears it. */
class Heard {
  text = '';
  private constructor(private readonly gone: AbortController) {}

  static async of(as: Headers): Promise<Heard> {
    const heard = new Heard(new AbortController());
    const { body, status } = await fetch(`${stack.url}/api/v1/events`, { headers: as, signal: heard.gone.signal });
    if (!body || status !== 200) throw new Error(`no stream: ${status}`);
    const listen = async (): Promise<void> => {
      for await (const part of body.pipeThrough(new TextDecoderStream())) heard.text += part;
    };
    void listen().catch(() => undefined); // closed by the test
    await expect.poll(() => heard.text, { message: 'the stream says where it stands' }).toContain('id:');
    return heard;
  }

  close(): void {
    this.gone.abort();
  }
}
