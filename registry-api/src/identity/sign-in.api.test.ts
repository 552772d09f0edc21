/** Sign-in end to end: the whole service with its own issuer, over real HTTP, by a browser that keeps cookies by hand. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem, Session } from '@datamesh/contracts';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../testing/browser';
import { startTestService, type TestService } from '../testing/service';

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

const codeOf = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as Problem).code];
const bootstrap = (): string => (JSON.parse(readFileSync(join(folder, 'bootstrap.json'), 'utf8')) as { secret: string }).secret;
const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

describe('signing in', () => {
  it('leads through the issuer back to the page that was asked for, with a session and no token', async () => {
    const browser = new Browser(origin);
    expect(await codeOf(await browser.fetch('/api/v1/session'))).toEqual([401, 'session_unknown']);
    const landed = await browser.signIn('alex', '/d/sales?x=1');
    expect(landed).toBe('/d/sales?x=1');
    const session = (await (await browser.fetch('/api/v1/session')).json()) as Session;
    expect(session.user).toEqual({ id: 'alex', name: 'Alex Lin', roles: ['power-user'], departments: ['sales'], teams: [] });
    expect(session.departments).toEqual([{ id: 'sales', title: 'sales', layout: null, layouts: [] }]);
    expect(Math.abs(Date.parse(session.authenticatedAt) - Date.now())).toBeLessThan(60_000);
    const cookie = browser.attributesOf('dm_session');
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect([...browser.cookies.keys()].filter((name) => /token/i.test(name))).toEqual([]);
  });

  it('keeps only the hash of the cookie', async () => {
    const browser = new Browser(origin);
    await browser.signIn('casey');
    const cookie = browser.cookies.get('dm_session') ?? '';
    const stored = Buffer.concat(['registry.db', 'registry.db-wal'].map((file) => readIfThere(join(folder, 'registry', file))));
    expect(stored.includes(createHash('sha256').update(cookie).digest('hex'))).toBe(true);
    expect(stored.includes(cookie)).toBe(false);
  });

  it('shows one button for each person, on a page that runs nothing and posts nowhere else', async () => {
    const browser = new Browser(origin);
    const page = await browser.follow('/api/v1/session/sign-in');
    const html = await page.text();
    expect(html.match(/<h1>/g)).toHaveLength(1);
    for (const name of ['Casey Brooks', 'Alex Lin', 'Robin Okafor', 'Dana Petrova']) expect(html).toContain(`>${name}</span>`);
    expect(html.match(/<form method="post"/g)).toHaveLength(4);
    const policy = page.headers.get('content-security-policy') ?? '';
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
  });

  it('asks who one is at every sign-in, so that signing out and in changes the person', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    await browser.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin } });
    expect(await codeOf(await browser.fetch('/api/v1/session'))).toEqual([401, 'session_unknown']);
    await browser.signIn('casey');
    expect(((await (await browser.fetch('/api/v1/session')).json()) as Session).user.id).toBe('casey');
    await browser.signIn('dana', '/', '&fresh=true');
    expect(((await (await browser.fetch('/api/v1/session')).json()) as Session).user.id).toBe('dana');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '/.//evil.example'])(
    'never leads to %s',
    async (target) => {
      expect(await new Browser(origin).signIn('alex', target)).toBe('/');
    },
  );

  it('works in two tabs of one browser at once', async () => {
    const browser = new Browser(origin);
    const first = await browser.authorization('/api/v1/session/sign-in?return_to=/first');
    const second = await browser.authorization('/api/v1/session/sign-in?return_to=/second');
    expect(await browser.choose('alex', second)).toBe('/second');
    expect(await browser.choose('alex', first)).toBe('/first');
  });

  it('is not finished by a browser that did not begin it, nor twice, nor after ten minutes', async () => {
    const [victim, attacker] = [new Browser(origin), new Browser(origin)];
    const callback = await attacker.callbackFor('dana');
    expect(await codeOf(await victim.fetch(callback))).toEqual([400, 'sign_in_unknown']);
    await victim.authorization('/api/v1/session/sign-in');
    expect(await codeOf(await victim.fetch(callback))).toEqual([400, 'sign_in_unknown']);
    expect((await attacker.fetch(callback)).status).toBe(302);
    expect(await codeOf(await attacker.fetch(callback))).toEqual([400, 'sign_in_unknown']);
    const late = await attacker.callbackFor('dana');
    now += 600_001;
    expect(await codeOf(await attacker.fetch(late))).toEqual([400, 'sign_in_unknown']);
  });

  it('once finished leads back into the product whoever comes again by the window’s way back, signed in; nobody else', async () => {
    const browser = new Browser(origin);
    const callback = await browser.callbackFor('alex', '/api/v1/session/sign-in?return_to=/d/sales');
    expect((await browser.navigate(callback)).headers.get('location')).toBe('/d/sales');
    const session = browser.cookies.get('dm_session');
    const again = await browser.navigate(callback);
    expect([again.status, again.headers.get('location')]).toEqual([302, '/']);
    expect(browser.cookies.get('dm_session')).toBe(session);
    expect(await codeOf(await browser.fetch(callback))).toEqual([400, 'sign_in_unknown']);
    await browser.fetch('/api/v1/session/sign-out', { method: 'POST' });
    expect(await codeOf(await browser.navigate(callback))).toEqual([400, 'sign_in_unknown']);
  });

  it('refuses a forged code, and does not leave that sign-in open for another try', async () => {
    const browser = new Browser(origin);
    const callback = await browser.callbackFor('alex');
    expect(await codeOf(await browser.fetch(callback.replace(/code=[^&]+/, 'code=forged')))).toEqual([400, 'sign_in_failed']);
    expect(await codeOf(await browser.fetch(callback))).toEqual([400, 'sign_in_unknown']);
    expect(browser.cookies.has('dm_session')).toBe(false);
  });

  it('starts a new session each time: the former cookie opens nothing afterwards', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    const former = browser.cookies.get('dm_session') ?? '';
    await browser.signIn('alex');
    expect(browser.cookies.get('dm_session')).not.toBe(former);
    const answer = await fetch(`${origin}/api/v1/session`, { headers: { cookie: `dm_session=${former}` } });
    expect(await codeOf(answer)).toEqual([401, 'session_unknown']);
  });

  it('makes its URLs from PUBLIC_URL, whatever Host says', async () => {
    const discovery = await fetch(`${origin}/oidc/.well-known/openid-configuration`, { headers: { 'x-forwarded-host': 'evil.example' } });
    const document = (await discovery.json()) as Record<string, unknown>;
    expect(document['issuer']).toBe(`${origin}/oidc`);
    expect(document['authorization_endpoint']).toBe(`${origin}/oidc/auth`);
    for (const absent of ['device_authorization_endpoint', 'registration_endpoint', 'pushed_authorization_request_endpoint'])
      expect(document[absent]).toBeUndefined();
    expect(JSON.stringify(document)).not.toContain('evil');
  });
});

describe('a session', () => {
  it('is over when it was idle for too long', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    now += 11 * 3_600_000;
    expect((await browser.fetch('/api/v1/session')).status).toBe(200);
    now += 11 * 3_600_000;
    expect((await browser.fetch('/api/v1/session')).status).toBe(200);
    now += 12 * 3_600_000;
    expect(await codeOf(await browser.fetch('/api/v1/session'))).toEqual([401, 'session_unknown']);
  });

  it('is not ended by a page of another origin', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    const answer = await browser.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(await codeOf(answer)).toEqual([403, 'origin_refused']);
    expect((await browser.fetch('/api/v1/session')).status).toBe(200);
  });

  it('is exchanged for service tokens that others verify by our keys, for one audience, for a minute at most', async () => {
    const browser = new Browser(origin);
    await browser.signIn('robin');
    const answer = await browser.fetch('/internal/v1/service-token', json({ audience: 'tracker' }));
    const { token, expiresAt, ...edge } = (await answer.json()) as { token: string; expiresAt: string };
    expect(Date.parse(expiresAt) - now).toBeLessThanOrEqual(60_000);
    expect(edge).toEqual({ user: 'robin', roles: ['publisher'], departments: ['operations'] });
    const keys = createLocalJWKSet(await (await fetch(`${origin}/.well-known/jwks.json`)).json());
    const { payload } = await jwtVerify(token, keys, { issuer: origin, audience: 'tracker' });
    expect(payload).toMatchObject({ sub: 'robin', roles: ['publisher'], teams: ['markets-data', 'platform'], departments: ['operations'] });
    const foreign = await fetch(`${origin}/api/v1/layouts`, { headers: { authorization: `Bearer ${token}` } });
    expect(await codeOf(foreign)).toEqual([401, 'token_invalid']);
    expect(await codeOf(await browser.fetch('/internal/v1/service-token', json({ audience: 'bank' })))).toEqual([400, 'audience_unknown']);
    expect(await codeOf(await new Browser(origin).fetch('/internal/v1/service-token', json({ audience: 'tracker' })))).toEqual([
      401,
      'session_unknown',
    ]);
  });

  it('opens the API by its service token and never by its cookie', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    expect(await codeOf(await browser.fetch('/api/v1/layouts'))).toEqual([401, 'session_unknown']);
    const token = await browser.serviceToken();
    const layouts = (): Promise<Response> => fetch(`${origin}/api/v1/layouts`, { headers: { authorization: `Bearer ${token}` } });
    expect((await layouts()).status).toBe(200);
    const [head, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'dana', roles: ['admin'] })).toString('base64url');
    const answer = await fetch(`${origin}/api/v1/layouts`, { headers: { authorization: `Bearer ${head}.${forged}.${signature}` } });
    expect(await codeOf(answer)).toEqual([401, 'token_invalid']);
    now += 61_000;
    expect(await codeOf(await layouts())).toEqual([401, 'token_invalid']);
  });

  it('takes the tokens that it signed along when it ends', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    const headers = { authorization: `Bearer ${await browser.serviceToken()}` };
    const layouts = (): Promise<Response> => fetch(`${origin}/api/v1/layouts`, { headers });
    expect((await layouts()).status).toBe(200);
    await browser.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin } });
    expect(await codeOf(await layouts())).toEqual([401, 'token_invalid']);
  });

  it('takes its event stream along when it ends', async () => {
    const browser = new Browser(origin);
    await browser.signIn('alex');
    const stream = await fetch(`${origin}/api/v1/events`, { headers: { authorization: `Bearer ${await browser.serviceToken()}` } });
    expect(stream.status).toBe(200);
    await browser.fetch('/api/v1/session/sign-out', { method: 'POST', headers: { origin } });
    // Ends here only when the server ends it.
    await stream.text();
  });
});

describe('publish tokens', () => {
  const tokens = (bearer: string, body?: unknown, path = '', method?: string): Promise<Response> =>
    fetch(`${origin}/api/v1/tokens${path}`, {
      ...(body === undefined ? {} : json(body)),
      ...(method ? { method } : {}),
      headers: { authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    });

  it('are made with the bootstrap secret, shown once, and die when they are revoked', async () => {
    const made = await tokens(bootstrap(), { team: 'platform', name: 'Set-up' });
    expect(made.status).toBe(201);
    const { secret, id, expiresAt } = (await made.json()) as { secret: string; id: string; expiresAt: string };
    expect(secret).toMatch(/^dmp_[A-Za-z0-9_-]{43}$/);
    expect(Math.round((Date.parse(expiresAt) - now) / 86_400_000)).toBe(90);
    const listed = await (await tokens(bootstrap())).text();
    expect(listed).toContain(id);
    expect(listed).not.toContain(secret);
    expect(await codeOf(await tokens(secret))).toEqual([403, 'session_required']);
    expect(await codeOf(await tokens(secret, { team: 'platform', name: 'another' }))).toEqual([403, 'session_required']);
    expect((await tokens(bootstrap(), undefined, `/${id}`, 'DELETE')).status).toBe(204);
    expect(await codeOf(await tokens(secret))).toEqual([401, 'token_invalid']);
    expect(await codeOf(await tokens(bootstrap(), undefined, `/${id}`, 'DELETE'))).toEqual([404, 'token_unknown']);
  });

  it('end on their day', async () => {
    const { secret } = (await (await tokens(bootstrap(), { team: 'platform', name: 'CI', days: 1 })).json()) as { secret: string };
    expect(await codeOf(await tokens(secret))).toEqual([403, 'session_required']);
    now += 86_400_001;
    expect(await codeOf(await tokens(secret))).toEqual([401, 'token_invalid']);
  });

  it('are not made by a session, however fresh: a widget on the page could ask as well', async () => {
    for (const person of ['robin', 'dana', 'alex']) {
      const browser = new Browser(origin);
      await browser.signIn(person, '/', '&fresh=true');
      const answer = await tokens(await browser.serviceToken(), { team: 'markets-data', name: 'laptop' });
      const { code, detail } = (await answer.json()) as Problem;
      expect([answer.status, code]).toEqual([403, 'fresh_sign_in_required']);
      expect(detail).toContain('/api/v1/session/tokens/new');
    }
  });

  it('are not revoked by a session either', async () => {
    const { id, secret } = (await (await tokens(bootstrap(), { team: 'platform', name: 'CI' })).json()) as { id: string; secret: string };
    for (const person of ['robin', 'dana']) {
      const browser = new Browser(origin);
      await browser.signIn(person, '/', '&fresh=true');
      const answer = await tokens(await browser.serviceToken(), undefined, `/${id}`, 'DELETE');
      const { code, detail } = (await answer.json()) as Problem;
      expect([answer.status, code]).toEqual([403, 'fresh_sign_in_required']);
      expect(detail).toContain('open /api/v1/session/tokens in a browser');
    }
    expect(await codeOf(await tokens(secret))).toEqual([403, 'session_required']);
  });

  it.each(['dmb_wrong', `dmp_${'A'.repeat(43)}`, 'dmp_', 'nonsense', 'a.b.c'])('are not %s', async (wrong) => {
    expect(await codeOf(await tokens(wrong))).toEqual([401, 'token_invalid']);
  });

  it('come with Bearer and nothing else', async () => {
    const answer = await fetch(`${origin}/api/v1/tokens`, { headers: { authorization: `Basic ${bootstrap()}` } });
    expect(await codeOf(answer)).toEqual([401, 'token_invalid']);
  });
});

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
