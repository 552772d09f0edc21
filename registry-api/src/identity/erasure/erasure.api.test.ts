/** The page that has visits forgotten, with the whole service and its own issuer; what the tracker is told is recorded here, and checked as it checks it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../testing/browser';
import { startTestService, type TestService } from '../../testing/service';

let service: TestService;
let tracker: Server;
let origin: string;
let told: { body: unknown; claims: JWTPayload }[] = [];
let answer: { status: number; body: object };
const stored = { status: 202, body: { site: 'dashboard', at: new Date().toISOString() } };

beforeAll(async () => {
  tracker = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`));
    const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const { payload } = await jwtVerify(token, keys, { issuer: origin, audience: 'tracker/erasures' });
    told.push({ body: JSON.parse(Buffer.concat(parts).toString()), claims: payload });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((listening) => tracker.listen(0, '127.0.0.1', listening));
  service = await startTestService(Date.now, { TRACKER_URL: `http://127.0.0.1:${(tracker.address() as AddressInfo).port}` });
  ({ origin } = service);
});
beforeEach(() => {
  told = [];
  answer = stored;
});
afterAll(async () => {
  await service.stop();
  tracker.close();
});

const path = '/api/v1/session/erasure';
const field = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const codeOn = async (page: Response) => [page.status, /<code>(\w+)<\/code>/.exec(await page.text())?.[1]];

async function questionFor(person: string, query: string) {
  const browser = new Browser(origin);
  const page = await browser.navigate(await browser.callbackFor(person, `${path}?${query}`));
  const html = await page.clone().text();
  const fields = { ticket: field(html, 'ticket'), site: field(html, 'site'), user: field(html, 'user') };
  return { browser, page, html, fields };
}

describe('the page that has visits forgotten', () => {
  it('asks whether it is meant, after a sign-in for it, and tells the tracker only then', async () => {
    const { browser, page, html, fields } = await questionFor('casey', 'site=dashboard');
    expect(page.status).toBe(200);
    expect(html).toContain('Casey Brooks');
    expect(page.headers.get('content-security-policy')).toContain(`form-action ${origin}${path}; sandbox allow-forms`);
    expect(told).toEqual([]);
    const done = await browser.submit(path, fields);
    expect([done.status, await done.text()]).toMatchObject([200, expect.stringContaining('Forgotten')]);
    expect(told).toMatchObject([{ body: { site: 'dashboard' }, claims: { sub: 'casey', roles: ['viewer'] } }]);
  });

  it('is for oneself, and for admins about somebody else', async () => {
    const { page } = await questionFor('casey', 'site=dashboard&user=alex');
    expect(await codeOn(page)).toEqual([403, 'erasure_forbidden']);
    const { browser, html, fields } = await questionFor('dana', 'site=dashboard&user=alex');
    expect(html).toContain('the visits of the user “alex”');
    expect((await browser.submit(path, fields)).status).toBe(200);
    expect(told).toMatchObject([{ body: { site: 'dashboard', user: 'alex' }, claims: { sub: 'dana', roles: ['admin'] } }]);
  });

  it('says what the tracker says when it does not do it', async () => {
    answer = { status: 422, body: { code: 'identity_daily', detail: 'The site "shop" knows nobody for longer than a day.' } };
    const { browser, fields } = await questionFor('casey', 'site=shop');
    expect(await codeOn(await browser.submit(path, fields))).toEqual([422, 'identity_daily']);
  });

  it('is neither begun nor confirmed by a script, a session or another page’s ticket', async () => {
    const { browser, fields } = await questionFor('casey', 'site=dashboard');
    const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
    expect((await browser.navigate(`${path}?site=dashboard`, script)).status).toBe(403);
    expect((await browser.submit(path, fields, script)).status).toBe(403);
    await browser.signIn('casey');
    expect(await codeOn(await browser.submit(path, { ...fields, ticket: await browser.serviceToken('tracker') }))).toEqual([
      403,
      'ticket_over',
    ]);
    expect(told).toEqual([]);
  });
});
