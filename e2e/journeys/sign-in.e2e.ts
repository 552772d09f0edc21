/** Who one is: one click each, and what the edge lets nobody do. */
import { describe, expect, it } from 'vitest';
import { journey } from '../harness/journey';

const here = journey();

describe('signing in', () => {
  it.each([
    ['casey', { name: 'Casey Brooks', roles: ['viewer'], departments: ['sales'], teams: [] }],
    ['alex', { name: 'Alex Lin', roles: ['power-user'], departments: ['sales'], teams: [] }],
    ['robin', { name: 'Robin Okafor', roles: ['publisher'], departments: ['operations'], teams: ['markets-data', 'platform'] }],
    ['dana', { name: 'Dana Petrova', roles: ['admin'], departments: ['sales', 'operations'], teams: [] }],
  ] as const)('%s has the role, departments and teams that the README names', async (id, user) => {
    const { page, context } = await here.visitors.person(id);
    const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
    expect(session).toMatchObject({ user: { id, ...user } });
    const cookie = (await context.cookies()).find(({ name }) => name === 'dm_session');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(await page.evaluate(() => document.cookie)).not.toContain('dm_session');
    await context.close();
  });

  it('starts at the page that was asked for and comes back to it', async () => {
    const { page, context } = await here.visitors.newcomer();
    here.visitors.watch.expect(/status of 401/);
    await page.goto('/d/sales');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /Casey Brooks/ }).click();
    await page.waitForURL('**/d/sales');
    await page.getByRole('heading', { name: 'Markets morning' }).waitFor();
    await context.close();
  });

  it('ends with signing out, for the session’s cookie as well', async () => {
    const { page, context } = await here.visitors.person('casey');
    const [session] = (await context.cookies()).filter(({ name }) => name === 'dm_session');
    const signedOut = await page.evaluate(async () => (await fetch('/api/v1/session/sign-out', { method: 'POST' })).status);
    expect(signedOut).toBe(204);
    const kept = await fetch(`${here.stack.url}/api/v1/session`, { headers: { cookie: `dm_session=${session?.value}` } });
    expect(kept.status).toBe(401);
    expect(await kept.json()).toMatchObject({ code: 'session_unknown' });
    here.visitors.watch.expect(/status of 401/);
    await context.close();
  });
});

describe('the one origin', () => {
  it('answers no other host', async () => {
    const port = new URL(here.stack.url).port;
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(421);
  });

  it('takes no write with a cookie from elsewhere', async () => {
    const { context } = await here.visitors.person('alex');
    const [session] = (await context.cookies()).filter(({ name }) => name === 'dm_session');
    const headers = { cookie: `dm_session=${session?.value}`, origin: 'http://evil.example', 'content-type': 'application/json' };
    const response = await fetch(`${here.stack.url}/api/v1/session/sign-out`, { method: 'POST', headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'origin_refused' });
    await context.close();
  });

  it('believes no identity that a client claims', async () => {
    const headers = { 'x-user': 'dana', 'x-forwarded-user': 'dana', authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkYW5hIn0.' };
    const response = await fetch(`${here.stack.url}/api/v1/layouts`, { headers });
    expect(response.status).toBe(401);
  });

  it('does not proxy what only services may call', async () => {
    for (const path of ['/internal/v1/service-token', '/metrics', '/.well-known/jwks.json']) {
      const response = await fetch(`${here.stack.url}${path}`);
      expect(await response.text(), path).not.toMatch(/"keys"|http_request|"token"/);
    }
  });
});
