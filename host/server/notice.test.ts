import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, codeOf, type Running, signedIn, startEdge, startRegistry } from './testing/edge';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };
const problem = (status: number, code: string, detail: string) => JSON.stringify({ type: 'x', title: 'X', status, code, detail });

describe('what a person gets where the dashboard cannot be shown', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let edge: Awaited<ReturnType<typeof startEdge>>;
  let lone: Awaited<ReturnType<typeof startEdge>>;
  beforeAll(async () => {
    registry = await startRegistry((incoming, response) => {
      const answer = (status: number, code: string, detail: string): void =>
        void response
          .writeHead(status, { 'content-type': 'application/problem+json', 'set-cookie': 'dm_sign_in=; Max-Age=0' })
          .end(problem(status, code, detail));
      if (incoming.url?.includes('/callback')) return answer(403, 'sign_in_unknown', 'This sign-in is <b>over</b>');
      if (incoming.url?.includes('/layouts')) return answer(403, 'layout_forbidden', 'The layout is private');
      answer(404, 'path_unknown', 'There is nothing at this path');
    });
    edge = await startEdge({ registry: registry.url });
    const gone = await startRegistry();
    await gone.close();
    lone = await startEdge({ registry: gone.url });
  });
  afterAll(async () => {
    await edge.close();
    await lone.close();
    await registry.close();
  });
  const open = (where: Running, path: string, headers: Record<string, string> = {}) =>
    ask(where, path, { headers: { ...browser, ...headers } });
  const heading = (body: string) => /<h1>(.*?)<\/h1>/.exec(body)?.[1];

  it('is a page of the product with the status of the problem, and a problem for every program', async () => {
    const cases: [string, number, string][] = [
      ['/nothing', 404, 'There is nothing here'],
      ['/D/sales', 404, 'There is nothing here'],
      ['/assets/none.js', 404, 'There is nothing here'],
      ['/api/v1/nothing', 404, 'There is nothing here'],
      ['/data/markets/x.json', 401, 'Sign in first'],
      ['/api/v1/layouts/l1', 403, 'You may not see this'],
      ['/%zz', 400, 'This address does not work'],
    ];
    for (const [path, status, title] of cases) {
      const page = await open(edge, path);
      expect([page.status, page.headers['content-type'], heading(page.body)], path).toEqual([status, 'text/html; charset=utf-8', title]);
      expect(page.headers['x-content-type-options'], path).toBe('nosniff');
      const programs: Record<string, string>[] = [{ accept: '*/*' }, { accept: 'text/html', 'sec-fetch-mode': 'cors' }];
      for (const headers of programs) {
        const program = await ask(edge, path, { headers });
        expect([program.status, program.headers['content-type']?.split(';')[0]], path).toEqual([status, 'application/problem+json']);
      }
    }
    expect(codeOf(await ask(edge, '/nothing', { method: 'POST', headers: browser }))).toBe('not_found');
  });

  it('begins a sign-in anew where one failed, keeps the service’s cookies, and shows no markup of anybody', async () => {
    const page = await open(edge, '/api/v1/session/callback?code=1');
    expect([page.status, heading(page.body)]).toEqual([403, 'Signing in did not work']);
    expect(page.headers['set-cookie']).toEqual(['dm_sign_in=; Max-Age=0']);
    expect(page.body).toContain('This sign-in is &lt;b&gt;over&lt;/b&gt;.');
    expect(page.body).toContain('href="/api/v1/session/sign-in?return_to=%2F"');
  });

  it('waits for a registry that is away, by a script that the policy names', async () => {
    const page = await open(lone, '/api/v1/session/sign-in?return_to=%2Fd%2Fsales');
    expect([page.status, heading(page.body)]).toEqual([502, 'The dashboard cannot be reached right now']);
    expect(page.body).not.toContain('registry-api');
    const script = /<script type="module">(.*?)<\/script>/.exec(page.body)?.[1] ?? '';
    expect(page.headers['content-security-policy']).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(page.body).toContain('href="/api/v1/session/sign-in?return_to=%2Fd%2Fsales"');
    expect(heading((await open(lone, '/data/markets/x.json', signedIn)).body)).toBe('The dashboard cannot be reached right now');
  });

  it('speaks the language that was chosen, else the browser’s', async () => {
    const german = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' };
    const nothing = await open(edge, '/nothing', german);
    expect([heading(nothing.body), nothing.headers['vary']]).toEqual(['Hier ist nichts', 'accept, accept-language, cookie']);
    expect(nothing.body).toContain('<html lang="de">');
    const failed = await open(edge, '/api/v1/session/callback?code=1', german);
    expect(heading(failed.body)).toBe('Die Anmeldung hat nicht geklappt');
    expect(failed.body).toContain('Diese Anmeldung ist abgelaufen, oder sie begann in einem anderen Browser.');
    const unknown = await open(edge, '/api/v1/layouts/l1', german);
    expect(unknown.body).not.toContain('The layout is private');
    expect(heading((await open(lone, '/data/markets/x.json', { ...signedIn, ...german })).body)).toBe(
      'Das Dashboard ist gerade nicht erreichbar',
    );
    expect(heading((await open(edge, '/nothing', { ...german, cookie: 'dm_language=en' })).body)).toBe('There is nothing here');
  });

  it('wears the theme that was chosen, and no body for HEAD', async () => {
    expect((await open(edge, '/nothing', { cookie: 'dm_theme=dark' })).body).toContain('<html lang="en" data-theme="dark">');
    const head = await ask(edge, '/nothing', { method: 'HEAD', headers: browser });
    expect([head.status, head.body]).toEqual([404, '']);
  });
});
