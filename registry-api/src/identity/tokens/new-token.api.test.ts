/** A person's way to a publish token, end to end: the whole service with its own issuer, over real HTTP. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEntry, Problem, Token } from '@datamesh/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../testing/browser';
import { startTestService, type TestService } from '../../testing/service';

let service: TestService;
let origin: string;
let folder: string;
let now = Date.now();

beforeAll(async () => {
  service = await startTestService(() => now);
  ({ origin, folder } = service);
});
beforeEach(() => {
  now = Date.now();
});
afterAll(() => service.stop());

const path = '/api/v1/session/tokens/new';
const laptop = `${path}?team=markets-data&name=My+laptop&days=30`;
const codeOf = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as Problem).code];
const secretsIn = (text: string): string[] => text.match(/dm[pl]_[A-Za-z0-9_-]{43}/g) ?? [];
const policyOf = (answer: Response): string[] => (answer.headers.get('content-security-policy') ?? '').split('; ');

async function tokensOf(bearer?: string): Promise<Token[]> {
  const { secret } = JSON.parse(readFileSync(join(folder, 'bootstrap.json'), 'utf8')) as { secret: string };
  const answer = await fetch(`${origin}/api/v1/tokens`, { headers: { authorization: `Bearer ${bearer ?? secret}` } });
  return ((await answer.json()) as { items: Token[] }).items;
}

/** The page that refuses names the code. */
async function refusalOf(answer: Response): Promise<[number, string | undefined]> {
  expect(answer.headers.get('content-type')).toContain('text/html');
  const text = await answer.text();
  expect(secretsIn(text)).toEqual([]);
  return [answer.status, /<code>(\w+)<\/code>/.exec(text)?.[1]];
}

describe('a publish token for a person', () => {
  it('is shown once, on a page that nothing can read, after a sign-in for it; it is the team’s, and no session begins', async () => {
    const robin = new Browser(origin);
    const callback = await robin.callbackFor('robin', laptop);
    const page = await robin.navigate(callback);
    expect(page.status).toBe(200);
    const html = await page.text();
    const [secret = '', ...again] = secretsIn(html);
    // Never as part of a command, which would stay in the shell's history.
    expect([secret, again]).toEqual([expect.stringMatching(/^dmp_/), []]);
    expect(html).toContain(`>npx --no datamesh login --url ${origin}</code>`);
    const policy = policyOf(page);
    expect(policy).toContain('sandbox');
    for (const part of ["default-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(html).not.toContain('<script');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    // HTML answers a sandboxed page that has one with a network error.
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull();
    expect(robin.cookies.has('dm_session')).toBe(false);

    const made = (await tokensOf()).filter(({ createdBy }) => createdBy === 'user:robin');
    expect(made).toMatchObject([{ team: 'markets-data', name: 'My laptop' }]);
    expect(Math.round((Date.parse(made[0]?.expiresAt ?? '') - now) / 86_400_000)).toBe(30);
    // It is a publish token: known, and no session.
    const answer = await fetch(`${origin}/api/v1/tokens`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await codeOf(answer)).toEqual([403, 'session_required']);

    expect(await codeOf(await robin.navigate(callback))).toEqual([400, 'sign_in_unknown']);
    expect((await tokensOf()).filter(({ createdBy }) => createdBy === 'user:robin')).toHaveLength(1);

    const dana = new Browser(origin);
    await dana.signIn('dana');
    const audit = await fetch(`${origin}/api/v1/audit`, { headers: { authorization: `Bearer ${await dana.serviceToken()}` } });
    const { items } = (await audit.json()) as { items: AuditEntry[] };
    expect(items.find(({ subject }) => subject === `token:${made[0]?.id}`)).toMatchObject({ actor: 'user:robin', action: 'token.create' });
    expect(JSON.stringify(items)).not.toContain(secret);
  });

  it.each([
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
    ['an object', { 'sec-fetch-dest': 'object' }],
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }],
  ])('is not begun by %s', async (_, headers) => {
    const robin = new Browser(origin);
    await robin.signIn('robin');
    for (const target of [laptop, path]) {
      const answer = await robin.navigate(target, headers);
      expect(await codeOf(answer)).toEqual([403, 'navigation_required']);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  it('speaks the language that the browser asks for, on every page of the way', async () => {
    const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };
    const robin = new Browser(origin);
    const page = await (await robin.navigate(await robin.callbackFor('robin', laptop), german)).text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('„My laptop“, Team markets-data, gültig bis');
    await robin.signIn('robin');
    expect(await (await robin.navigate(path, german)).text()).toContain('<h1>Neues Token</h1>');
    const casey = new Browser(origin);
    await casey.signIn('casey');
    const refused = await (await casey.navigate(path, german)).text();
    expect(refused).toContain('Dafür ist eine Rolle nötig, die Sie nicht haben.');
    expect(refused).not.toContain('need the role');
    expect(await (await casey.navigate(path)).text()).toContain('<html lang="en">');
  });

  it('is not finished by a script or a frame, and that sign-in is over then', async () => {
    const before = (await tokensOf()).length;
    const robin = new Browser(origin);
    for (const ask of [
      (callback: string) => robin.fetch(callback),
      (callback: string) => robin.navigate(callback, { 'sec-fetch-dest': 'iframe' }),
    ]) {
      const callback = await robin.callbackFor('robin', laptop);
      expect(await codeOf(await ask(callback))).toEqual([403, 'navigation_required']);
      // There is nothing of it any more; whoever has a session is led back into the product.
      expect([200, 403]).not.toContain((await robin.navigate(callback)).status);
    }
    expect(await tokensOf()).toHaveLength(before);
  });

  it('is not for whoever sends none of a browser’s headers', async () => {
    const answer = await new Browser(origin).navigate(laptop, { 'sec-fetch-mode': '', 'sec-fetch-dest': '' });
    expect(await codeOf(answer)).toEqual([403, 'navigation_required']);
  });

  it('is for publishers and admins, for teams of their own: of who signs in, whatever session the browser has', async () => {
    const before = (await tokensOf()).length;
    const browser = new Browser(origin);
    await browser.signIn('robin');
    const session = browser.cookies.get('dm_session');
    const walk = async (person: string, target: string) => refusalOf(await browser.navigate(await browser.callbackFor(person, target)));
    expect(await walk('robin', `${path}?team=treasury&name=laptop`)).toEqual([403, 'team_unknown']);
    expect(await walk('alex', laptop)).toEqual([403, 'role_required']);
    expect(await walk('dana', laptop)).toEqual([403, 'team_unknown']);
    expect(await tokensOf()).toHaveLength(before);
    expect(browser.cookies.get('dm_session')).toBe(session);
  });

  it('needs to be fetched within a minute of signing in', async () => {
    const robin = new Browser(origin);
    // In two steps: the issuer's codes live for a minute as well, and a sign-in may not be older than its beginning.
    now += 45_000;
    const callback = await robin.callbackFor('robin', laptop);
    now += 45_000;
    expect(await refusalOf(await robin.navigate(callback))).toEqual([403, 'fresh_sign_in_required']);
  });

  it('asks the issuer to authenticate again, and takes the purpose from nowhere but the beginning', async () => {
    const robin = new Browser(origin);
    const { searchParams } = new URL((await robin.navigate(laptop)).headers.get('location') ?? '');
    expect([searchParams.get('prompt'), searchParams.get('max_age')]).toEqual(['login', '0']);
    expect(searchParams.toString()).not.toContain('markets-data');
    const plain = await robin.callbackFor('robin');
    expect((await robin.navigate(`${plain}&team=markets-data&name=x`)).status).toBe(400);
  });
});

describe('the form for a publish token', () => {
  it('offers one’s own teams, after signing in', async () => {
    const robin = new Browser(origin);
    const forms = await robin.authorization(path);
    expect(await robin.choose('robin', forms)).toBe(path);
    const page = await robin.navigate(`${path}?name=%22%3E%3Cscript%3E&days=7`);
    expect(page.status).toBe(200);
    const html = await page.text();
    expect([...html.matchAll(/<option>([^<]+)</g)].map(([, team]) => team)).toEqual(['markets-data', 'platform']);
    expect(html).toContain(`<form method="get" action="${path}">`);
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).not.toContain('<script');
    expect(policyOf(page)).toContain("default-src 'none'");
    expect(policyOf(page)).toContain(`form-action 'self' https: ${origin}`);
  });

  it.each([['casey', 'role_required']])('tells %s why not: %s', async (person, code) => {
    const browser = new Browser(origin);
    await browser.signIn(person);
    expect(await refusalOf(await browser.navigate(path))).toEqual([403, code]);
  });

  it.each([
    'team=UPPER&name=x',
    'team=platform&name=x&days=0',
    'team=platform&name=x&days=366',
    'team=platform&name=x&secret=1',
    'department=Sales&name=x',
  ])('does not take ?%s', async (query) => {
    expect(await codeOf(await new Browser(origin).navigate(`${path}?${query}`))).toEqual([400, 'request_invalid']);
  });
});

describe('a token for the layouts of a department', () => {
  const forSales = `${path}?department=sales&name=CI&days=30`;
  const optionsOn = (html: string) => [...html.matchAll(/<option>([^<]+)</g)].map(([, one]) => one);

  it('is for its power users, who see what it is good for: it reads and saves layouts there, and does nothing else', async () => {
    const alex = new Browser(origin);
    const html = await (await alex.navigate(await alex.callbackFor('alex', forSales))).text();
    const [secret = ''] = secretsIn(html);
    expect(secret).toMatch(/^dml_/);
    expect(html).toContain('>npx --no datamesh layouts pull sales --department sales</code>');
    const [made] = (await tokensOf()).filter(({ createdBy }) => createdBy === 'user:alex');
    expect(made).toMatchObject({ scope: 'layouts', team: null, department: 'sales', name: 'CI' });
    const get = (what: string) => fetch(`${origin}/api/v1${what}`, { headers: { authorization: `Bearer ${secret}` } });
    expect(await codeOf(await get('/layouts'))).toEqual([403, 'session_required']);
    expect(await codeOf(await get('/tokens'))).toEqual([403, 'session_required']);
    expect(await codeOf(await get('/trusts?team=platform'))).toEqual([403, 'bearer_token_required']);
    expect(await codeOf(await get('/pins/operations'))).toEqual([403, 'department_not_yours']);
    // Allowed to ask; nobody has set up the department here.
    expect(await codeOf(await get('/pins/sales'))).toEqual([404, 'pin_unknown']);
  });

  it('is not for others, nor for another department, nor for a team as well', async () => {
    const before = (await tokensOf()).length;
    const browser = new Browser(origin);
    const walk = async (person: string, target: string) => refusalOf(await browser.navigate(await browser.callbackFor(person, target)));
    expect(await walk('casey', forSales)).toEqual([403, 'role_required']);
    expect(await walk('alex', `${path}?department=operations&name=CI`)).toEqual([403, 'department_not_yours']);
    expect(await codeOf(await browser.navigate(`${path}?department=sales&team=platform&name=CI`))).toEqual([400, 'token_scope']);
    expect(await tokensOf()).toHaveLength(before);
  });

  it('has a form of its own beside the one for publishing', async () => {
    const alex = new Browser(origin);
    await alex.signIn('alex');
    const html = await (await alex.navigate(path)).text();
    expect(html).not.toContain('Publish widgets');
    expect(optionsOn(html)).toEqual(['sales']);
    const dana = new Browser(origin);
    await dana.signIn('dana');
    expect(optionsOn(await (await dana.navigate(path)).text())).toEqual(expect.arrayContaining(['sales', 'operations']));
  });
});
