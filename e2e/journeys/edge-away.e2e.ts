/** The edge itself goes away and a page is loaded anew: the dashboard stands there as it was last seen, and goes on by itself once the edge is back. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createApp } from '../../host/server/app';
import { type Assets, readAssets } from '../../host/server/assets';
import { edgeOptions } from '../../host/server/testing/edge';
import { type PersonId, signIn, type Visitor } from '../harness/browser';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { shown } from '../harness/pins';
import { Stack } from '../harness/stack';

const here = journey();
let running: Stack | undefined;

const leave = async (): Promise<void> => {
  await running?.stop({ keepData: true });
  running = undefined;
};
const comeBack = async (): Promise<void> => {
  running = await Stack.start({ again: here.stack });
};

const asOf = (page: Page) => page.locator('output.connection').getByText(/as of \d{1,2}:\d{2}/);
const away = (page: Page) => page.getByRole('heading', { name: 'The dashboard cannot be reached right now' });
const placesKept = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('dm.last-seen.'));
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))).reduce(
      (sum, many) => sum + many,
      0,
    );
  });
const registrations = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL ?? 'not active'));
/** Until the next load would come without the edge as well. */
async function prepared(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await registrations(page)).toEqual([`${here.stack.url}/outage-worker`]);
      expect(await placesKept(page)).toBeGreaterThan(1);
    },
    { timeout: 120_000 },
  );
}
const nonceOf = (policy: string | undefined): string => /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';
const withoutNonce = (text: string | undefined): string => (text ?? '').replaceAll(nonceOf(text), '');

/** Somebody who has seen the dashboard, and whose next load would come without the edge. */
async function viewer(id: PersonId): Promise<Visitor> {
  const visitor = await here.visitors.person(id, '/d/sales');
  await ready(visitor.page, 'data-table', 'series-chart');
  await prepared(visitor.page);
  return visitor;
}

let page: Page;
let context: BrowserContext;
let left: Page;
let next: Page;
let builder: Page;
beforeAll(async () => {
  running = here.stack;
  here.visitors.watch.expect(/net::ERR_/, /status of 50[234]/, /status of 401/);
  ({ page, context } = await viewer('casey'));
  // Somebody who has signed out, and somebody who has signed in where another one had been, and only looks at the library.
  ({ page: left } = await viewer('casey'));
  await left.getByRole('button', { name: /Casey Brooks/ }).click();
  await left.getByRole('menuitem', { name: 'Sign out' }).click();
  await left.getByRole('link', { name: 'Sign in' }).waitFor();
  ({ page: next } = await viewer('casey'));
  await signIn(next, 'robin', '/preferences');
  await next.getByRole('button', { name: /Robin Okafor/ }).waitFor();
  // Somebody who will meet other builds.
  ({ page: builder } = await viewer('casey'));
  await builder.addInitScript(() =>
    navigator.serviceWorker.addEventListener('controllerchange', () => Object.assign(window, { exchanged: true })),
  );
});
afterAll(leave);

it('shows what was seen, with the page’s whole policy and a nonce of its own, in this tab and another, wherever one goes', async () => {
  const before = await page.reload();
  await ready(page, 'data-table', 'series-chart');
  await prepared(page);
  await leave();
  const loads = [await page.reload(), await page.reload()];
  await shown(page, 'Markets morning');
  await ready(page, 'data-table', 'series-chart');
  await asOf(page).waitFor();
  expect(await away(page).count()).toBe(0);

  const served = before?.headers() ?? {};
  const policies = loads.map((load) => load?.headers()['content-security-policy']);
  expect(loads.map((load) => load?.fromServiceWorker())).toEqual([true, true]);
  expect(policies.map(withoutNonce)).toEqual([0, 1].map(() => withoutNonce(served['content-security-policy'])));
  expect(new Set([served['content-security-policy'], ...policies].map(nonceOf)).size).toBe(3);
  for (const name of ['integrity-policy', 'cross-origin-opener-policy', 'referrer-policy', 'permissions-policy'])
    expect(loads[0]?.headers()[name], name).toBe(served[name]);
  // Later, by itself: what the devtools run at once no policy is asked about.
  here.visitors.watch.expect(/TrustedScript|require-trusted-types-for/);
  const ran = await page.evaluate(
    () =>
      new Promise((done) =>
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: it must not run.
            done(globalThis.eval('1'));
          } catch (error) {
            done((error as Error).name);
          }
        }),
      ),
  );
  expect(ran).toBe('EvalError');
  expect(await page.evaluate(() => isSecureContext && document.querySelector('script[type=importmap]')?.getAttribute('nonce'))).toBe('');

  const another = await context.newPage();
  await another.goto('/');
  await shown(another, 'Markets morning');
  await asOf(another).waitFor();
  // Nobody had opened a kiosk in this browser.
  await another.goto('/d/sales?kiosk=30s');
  await shown(another, 'Markets morning');
  await another.getByRole('button', { name: 'Leave the kiosk' }).waitFor();
  // What nobody has seen here cannot be shown, and is waited for.
  await another.goto('/layouts');
  await away(another).waitFor();
  await another.close();
});

it('shows it as well where a gateway answers in the edge’s place that nobody is there', async () => {
  for (const status of [502, 503, 504]) {
    const gateway = createServer((_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>no upstream</h1>'));
    await withServer(gateway, async () => {
      expect((await page.reload())?.status()).toBe(200);
      await ready(page, 'data-table', 'series-chart');
      await asOf(page).waitFor();
    });
  }
});

it('shows nobody’s to whoever signed out, and nothing of the former one to whoever came next', async () => {
  for (const one of [left, next]) {
    for (const path of ['/d/sales', '/']) {
      await one.goto(path);
      await away(one).waitFor();
      expect(await one.locator('body').innerText()).not.toMatch(/Casey|Markets|as of/);
    }
  }
});

it('is no page of the dashboard for whoever was never here, nor for sign-in', async () => {
  const { page: first, context: own } = await here.visitors.newcomer();
  await expect(first.goto('/d/sales')).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
  await own.close();
  const signingIn = await context.newPage();
  await expect(signingIn.goto('/api/v1/session/sign-in?return_to=/')).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
  await signingIn.close();
});

it('goes on by itself once the edge is back: what is so now, data, and for those who are not signed in the way in', async () => {
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await comeBack();
  await asOf(page).waitFor({ state: 'detached' });
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  expect(await page.evaluate(() => 'stays' in window)).toBe(true);
  await left.getByRole('link', { name: 'Sign in' }).waitFor();
  await next.getByRole('button', { name: /Robin Okafor/ }).waitFor();
});

it('shows no page that a widget wrote, whatever it registers and wherever it puts it', async () => {
  await page.reload();
  await ready(page, 'data-table');
  // Every refusal says so, in the browser's own words.
  here.visitors.watch.expect(/worker|403/i);
  const tried = await page.evaluate(async () => {
    const frame = document.body.appendChild(document.createElement('iframe')).contentWindow as Window & typeof globalThis;
    const policy = frame.trustedTypes?.createPolicy('widget-html', { createScriptURL: (address) => address });
    const own = (address: string): string => policy?.createScriptURL(address) as unknown as string;
    const page = '<!doctype html><title>Sly</title><script>document.title = "It runs"</script>';
    for (const name of [...(await caches.keys()), 'dm.page', 'outage-worker'])
      for (const path of ['/', '/d/sales', '/outage-worker'])
        await (await caches.open(name)).put(path, new Response(page, { headers: { 'content-type': 'text/html' } }));
    const outcome: Record<string, string> = {};
    for (const [address, scope] of [
      ['/outage-worker?sly', '/d/'],
      ['/outage-worker', '/api/'],
      ['/worker', '/d/'],
      ['/assets/main.mjs', '/assets/'],
      ['data:text/javascript,', '/d/'],
    ] as const)
      outcome[`${address} for ${scope}`] = await navigator.serviceWorker.register(own(address), { scope }).then(
        () => 'registered',
        () => 'refused',
      );
    const registration = await navigator.serviceWorker.getRegistration('/d/sales');
    registration?.active?.postMessage({ html: page });
    return outcome;
  });
  // The edge's own, for less than it is for: it does the same there, and nothing where there is no page.
  expect(tried).toEqual({
    '/outage-worker?sly for /d/': 'registered',
    '/outage-worker for /api/': 'registered',
    '/worker for /d/': 'refused',
    '/assets/main.mjs for /assets/': 'refused',
    'data:text/javascript, for /d/': 'refused',
  });
  const other = await context.newPage();
  await other.goto('/api/v1/session/sign-in?return_to=/d/sales');
  await other.getByRole('button', { name: /Casey Brooks/ }).waitFor();
  await other.close();
  await leave();
  const load = await page.reload();
  expect(load?.fromServiceWorker()).toBe(true);
  await page.locator('.dm-panel, .lone').first().waitFor();
  expect(await page.title()).not.toMatch(/Sly|It runs/);
});

it('is exchanged with the next build as soon as any page is loaded, and goes with one that has none', async () => {
  await leave();
  const built = await readAssets(join(import.meta.dirname, '../../host/dist'), false);
  const next = await withAnotherStyle(built);
  await withBuild(next.assets, async () => {
    expect(await (await builder.goto('/layouts'))?.text()).toContain(next.integrity);
    await expect.poll(() => builder.evaluate(() => 'exchanged' in window)).toBe(true);
  });
  const load = await builder.reload();
  expect(load?.fromServiceWorker()).toBe(true);
  expect(await load?.text()).toContain(next.integrity);
  await withBuild({ ...built, outageWorker: null }, async () => {
    await builder.goto('/layouts');
    await expect.poll(() => registrations(builder)).toEqual([]);
  });
  await expect(builder.goto('/layouts')).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

/** Another build of the page. */
async function withAnotherStyle(built: Assets): Promise<{ assets: Assets; integrity: string }> {
  const [path, style] = [...built.files].find(([name]) => name.endsWith('.css') && built.entry.includes(name)) ?? [];
  if (path === undefined || !style) throw new Error('the page has no style sheet');
  const bytes = Buffer.concat([style.bytes, Buffer.from('\n')]);
  const integrity = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  const files = new Map([...built.files, [`next.${path}`, { ...style, bytes, integrity }] as const]);
  return { assets: { ...built, files, entry: built.entry.map((one) => (one === path ? `next.${path}` : one)) }, integrity };
}

/** An edge where the stack's own was, with this build, and no service behind it. */
async function withBuild(assets: Assets, use: () => Promise<void>): Promise<void> {
  await withServer(createServer(createApp({ ...(await edgeOptions()), publicUrl: new URL(here.stack.url), assets })), use);
}

/** At the address of the stack, which is away. */
async function withServer(server: Server, use: () => Promise<void>): Promise<void> {
  await new Promise<void>((done) => server.listen(Number(new URL(here.stack.url).port), 'localhost', done));
  try {
    await use();
  } finally {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  }
}
