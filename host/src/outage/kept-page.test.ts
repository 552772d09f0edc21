import { expect, it } from 'vitest';
import { answerOf, isOfGateway, type KeptPage, newNonce, opensPage, routesOf } from './kept-page';

const ORIGIN = 'https://dashboard.test';
const kept: KeptPage = {
  html: '<script type="importmap" nonce="{nonce}">{}</script>',
  headers: { 'content-security-policy': "script-src 'self' 'nonce-{nonce}'", 'cache-control': 'no-store' },
  pages: ['/', '/d/*', '/admin{/*}?'],
  files: [],
};
const opens = (path: string, how: Partial<Request> = {}): boolean =>
  opensPage(kept, { method: 'GET', mode: 'navigate', destination: 'document', url: `${ORIGIN}${path}`, ...how } as Request, ORIGIN);

it('stands in where somebody opens a page', () => {
  for (const path of ['/', '/?kiosk=30s', '/d/sales', '/d/sales/0a1b2c3d?x=1#y', '/admin', '/admin/audit'])
    expect(opens(path), path).toBe(true);
});

it('never for sign-in, the API, files or data, nor for what is no page that somebody opens', () => {
  for (const path of [
    '/api/v1/session/callback?code=x',
    '/oidc/auth',
    '/assets/main.mjs',
    '/remotes/notes/1.0.0/a.mjs',
    '/data/x/y',
    '/administer',
    '/worker',
  ])
    expect(opens(path), path).toBe(false);
  expect(opens('/d/sales', { method: 'POST' })).toBe(false);
  expect(opens('/d/sales', { mode: 'cors' })).toBe(false);
  expect(opens('/d/sales', { destination: 'iframe' })).toBe(false);
  expect(opens('', { url: 'https://elsewhere.test/d/sales' })).toBe(false);
});

it('has browsers ask the edge first for pages, and for everything else without the worker', () => {
  const routes = routesOf(kept);
  expect(routes.slice(0, -1).map(({ condition }) => condition.urlPattern.pathname)).toEqual(kept.pages);
  for (const { condition, source } of routes.slice(0, -1)) {
    expect(condition).toMatchObject({ requestMethod: 'GET', requestMode: 'navigate', requestDestination: 'document' });
    expect(source).toBe('race-network-and-fetch-handler');
  }
  expect(routes.at(-1)).toEqual({ condition: { urlPattern: { pathname: '*' } }, source: 'network' });
});

it('stands in as well where something before the edge says that it is away, and hands on whatever the edge says', () => {
  const answer = (status: number, headers: Record<string, string> = {}) => isOfGateway(new Response('', { status, headers }));
  expect([502, 503, 504].map((status) => answer(status, { 'content-type': 'text/html' }))).toEqual([true, true, true]);
  expect([200, 404, 429, 500, 501, 505].map((status) => answer(status))).toEqual(Array(6).fill(false));
  expect(answer(503, { 'content-security-policy': "default-src 'none'" })).toBe(false);
});

it('answers with a nonce of its own each time, the same in the page and in its policy', () => {
  const nonces = [newNonce(), newNonce()];
  expect(new Set(nonces).size).toBe(2);
  for (const nonce of nonces) {
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(answerOf(kept, nonce)).toEqual({
      body: `<script type="importmap" nonce="${nonce}">{}</script>`,
      headers: { 'content-security-policy': `script-src 'self' 'nonce-${nonce}'`, 'cache-control': 'no-store' },
    });
  }
});
