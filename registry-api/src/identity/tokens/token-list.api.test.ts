/** The page of a person's publish tokens, end to end: the whole service with its own issuer, over real HTTP. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEntry, Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../testing/browser';
import { startTestService, type TestService } from '../../testing/service';

let service: TestService;
let origin: string;
let now = Date.now();
beforeAll(async () => {
  service = await startTestService(() => now);
  ({ origin } = service);
});
beforeEach(() => {
  now = Date.now();
});
afterAll(() => service.stop());

const path = '/api/v1/session/tokens';
const newToken = (name: string) => `${path}/new?team=markets-data&name=${name}`;
const codeOn = async (page: Response) => [page.status, /<code>(\w+)<\/code>/.exec(await page.text())?.[1]];
const namesOn = (html: string) => [...html.matchAll(/class="name">([^<]*)</g)].map(([, name]) => name);
const fieldsOf = (html: string, name: string): { ticket: string; id: string } => {
  const entry = html.split('<li>').find((one) => one.includes(`>${name}<`)) ?? '';
  const field = (wanted: string) => new RegExp(`name="${wanted}" value="([^"]*)"`).exec(entry)?.[1] ?? '';
  return { ticket: field('ticket'), id: field('id') };
};

/** A token of this person, who signs in for it. */
async function made(person: string, name: string): Promise<string> {
  const browser = new Browser(origin);
  const page = await browser.navigate(await browser.callbackFor(person, newToken(name)));
  return /dmp_[A-Za-z0-9_-]{43}/.exec(await page.text())?.[0] ?? '';
}

async function listFor(person: string): Promise<{ browser: Browser; page: Response; html: string }> {
  const browser = new Browser(origin);
  const page = await browser.navigate(await browser.callbackFor(person, path));
  return { browser, page, html: await page.clone().text() };
}

const works = async (secret: string): Promise<boolean> => {
  const answer = await fetch(`${origin}/api/v1/tokens`, { headers: { authorization: `Bearer ${secret}` } });
  return ((await answer.json()) as Problem).code === 'session_required';
};

describe('the page of publish tokens', () => {
  it('lists them with their last use and revokes them, on a page that nothing can read or press', async () => {
    const secret = await made('robin', 'laptop');
    now += 1000;
    const other = await made('robin', 'build');
    expect(await works(secret)).toBe(true);
    const { browser, page, html } = await listFor('robin');
    expect(page.status).toBe(200);
    expect(namesOn(html)).toEqual(['build', 'laptop']);
    expect(html).toContain('team markets-data');
    expect(html).toMatch(/laptop<[\s\S]*last used \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(html).toMatch(/build<[\s\S]*never used/);
    expect(html).toContain('href="/api/v1/session/tokens/new"');
    expect(html).not.toContain(secret);
    expect(html).not.toContain('<script');
    const policy = (page.headers.get('content-security-policy') ?? '').split('; ');
    for (const part of ['sandbox allow-forms', `form-action ${origin}${path}`, "default-src 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(browser.cookies.has('dm_session')).toBe(false);

    const alone = new Browser(origin);
    const one = await (await alone.navigate(await alone.callbackFor('robin', `${path}?token=${fieldsOf(html, 'laptop').id}`))).text();
    expect(namesOn(one)).toEqual(['laptop']);
    expect(one).toContain('All tokens');

    const fields = fieldsOf(html, 'laptop');
    const after = await browser.submit(path, fields);
    expect(after.status).toBe(200);
    const said = await after.text();
    expect(said).toContain('“laptop” is revoked');
    expect(namesOn(said)).toEqual(['build']);
    expect([await works(secret), await works(other)]).toEqual([false, true]);
    // A double click.
    expect((await browser.submit(path, fields)).status).toBe(200);

    const { secret: setUp } = JSON.parse(readFileSync(join(service.folder, 'bootstrap.json'), 'utf8')) as { secret: string };
    expect(setUp).toMatch(/^dmb_/);
    const dana = new Browser(origin);
    await dana.signIn('dana');
    const audit = await fetch(`${origin}/api/v1/audit`, { headers: { authorization: `Bearer ${await dana.serviceToken()}` } });
    const { items } = (await audit.json()) as { items: AuditEntry[] };
    const entries = items.filter(({ subject, action }) => subject === `token:${fields.id}` && action === 'token.revoke');
    expect(entries).toMatchObject([{ actor: 'user:robin', details: { name: 'laptop' } }]);
  });

  it('is everybody’s for admins, who without a team are offered one for layouts', async () => {
    const secret = await made('robin', 'of-robin');
    const { browser, html } = await listFor('dana');
    expect(html).toContain('made by robin');
    expect(html).toContain('/tokens/new');
    expect((await browser.submit(path, fieldsOf(html, 'of-robin'))).status).toBe(200);
    expect(await works(secret)).toBe(false);
  });

  it('is nobody else’s', async () => {
    const secret = await made('robin', 'kept');
    const robins = await listFor('robin');
    const { browser, html } = await listFor('alex');
    expect(namesOn(html)).toEqual([]);
    const { id } = fieldsOf(robins.html, 'kept');
    expect(await codeOn(await browser.submit(path, { id, ticket: 'none' }))).toEqual([403, 'ticket_over']);
    expect(await works(secret)).toBe(true);
  });

  it('opens nothing but itself, and not for ever', async () => {
    const secret = await made('robin', 'late');
    const { browser, html } = await listFor('robin');
    const fields = fieldsOf(html, 'late');
    const asBearer = await fetch(`${origin}/api/v1/layouts`, { headers: { authorization: `Bearer ${fields.ticket}` } });
    expect(asBearer.status).toBe(401);
    await browser.signIn('robin');
    expect(await codeOn(await browser.submit(path, { ...fields, ticket: await browser.serviceToken() }))).toEqual([403, 'ticket_over']);
    const elsewhere = await browser.submit('/api/v1/session/erasure', { site: 'dashboard', ticket: fields.ticket });
    expect(await codeOn(elsewhere)).toEqual([403, 'ticket_over']);
    now += 601_000;
    expect(await codeOn(await browser.submit(path, fields))).toEqual([403, 'ticket_over']);
    expect(await works(secret)).toBe(true);
  });

  it.each([
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-dest': 'iframe' }],
  ])('is not for %s', async (_, headers) => {
    const { browser, html } = await listFor('robin');
    const code = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
    expect(await code(await browser.navigate(path, headers))).toEqual([403, 'navigation_required']);
    expect(await code(await browser.submit(path, fieldsOf(html, 'late'), headers))).toEqual([403, 'navigation_required']);
    const callback = await browser.callbackFor('robin', path);
    expect(await code(await browser.navigate(callback, headers))).toEqual([403, 'navigation_required']);
  });

  it('is shown only within a minute of signing in', async () => {
    const browser = new Browser(origin);
    now += 45_000;
    const callback = await browser.callbackFor('robin', path);
    now += 45_000;
    expect(await codeOn(await browser.navigate(callback))).toEqual([403, 'fresh_sign_in_required']);
  });
});
