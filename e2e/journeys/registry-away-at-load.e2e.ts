/** The registry is away or hangs while a page loads: people are told within seconds, and everything comes by itself afterwards. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type PersonId, signIn } from '../harness/browser';
import { addWidget, edit, panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';

const here = journey({ proxied: true });
/** Milliseconds. The page says it after 3 s (keep-asking.test.ts); a busy machine may add to it, but not wait for the 30 s of the edge. */
const SOON = 25_000;

type Trouble = 'is away' | 'hangs';
const begin = async (trouble: Trouble): Promise<void> => {
  if (trouble === 'hangs') here.stack.proxy?.hang();
  else await here.stack.proxy?.stop();
};
const end = async (trouble: Trouble): Promise<void> => {
  if (trouble === 'hangs') here.stack.proxy?.resume();
  else await here.stack.proxy?.comeBack();
};
const told = (page: Page) =>
  page.getByRole('heading', { name: /cannot be reached right now|takes longer than usual|has trouble right now/ });

/** Signed in, and nothing of the dashboard open yet. */
async function signedIn(id: PersonId): Promise<Page> {
  const { page } = await here.visitors.newcomer();
  await signIn(page, id, '/none');
  here.visitors.watch.expect(/status of 404/, /status of 50[234]/, /net::ERR_/);
  return page;
}

it.each<Trouble>(['is away', 'hangs'])('registry %s before the page: told soon, and comes by itself', async (trouble) => {
  const page = await signedIn('casey');
  await begin(trouble);
  await page.goto('/d/sales');
  await told(page).waitFor({ timeout: SOON });
  expect(await page.locator('body').innerText()).not.toMatch(/registry|undefined|\bapi\b/i);
  await end(trouble);
  await ready(page, 'data-table', 'series-chart');
  await expect.poll(() => told(page).count()).toBe(0);
  await page.context().close();
});

it.each<Trouble>(['is away', 'hangs'])('registry %s while the page loads: told soon, and comes by itself', async (trouble) => {
  const page = await signedIn('alex');
  // The page's own code has come and asks its first question.
  await page.route(
    '**/api/v1/pins/**',
    async (route) => {
      await begin(trouble);
      await route.continue();
    },
    { times: 1 },
  );
  await page.goto('/d/sales');
  await told(page).waitFor({ timeout: SOON });
  await end(trouble);
  await ready(page, 'data-table', 'series-chart');
  await page.context().close();
});

it.each<Trouble>(['is away', 'hangs'])('registry %s at sign-in: a page that says so, and goes on to sign-in by itself', async (trouble) => {
  const { page } = await here.visitors.newcomer();
  here.visitors.watch.expect(/status of 40[14]/, /status of 50[234]/, /net::ERR_/);
  await page.goto('/d/sales');
  const link = page.getByRole('link', { name: 'Sign in' });
  await link.waitFor();
  await begin(trouble);
  await link.click();
  await told(page).waitFor({ timeout: SOON });
  await end(trouble);
  await page.getByRole('button', { name: /Casey Brooks/ }).click();
  await page.waitForURL('**/d/sales');
  await ready(page, 'data-table');
  await page.context().close();
});

it.each<Trouble>(['is away', 'hangs'])(
  'registry %s when the list of widgets is first opened: it says so, and fills by itself',
  async (trouble) => {
    const page = await signedIn('alex');
    await page.goto('/d/sales');
    await ready(page, 'data-table');
    await edit(page);
    await begin(trouble);
    await page.getByRole('button', { name: 'Add widget' }).click();
    const drawer = page.getByRole('complementary', { name: 'Add a widget' });
    await drawer.getByText(/tried again by itself/).waitFor({ timeout: SOON });
    await end(trouble);
    await drawer.getByRole('button', { name: 'Add Notes', exact: true }).waitFor();
    await expect.poll(() => drawer.getByText(/tried again by itself/).count()).toBe(0);
    await page.context().close();
  },
);

it('keeps unsaved work of one layout while another one cannot be loaded', async () => {
  const page = await signedIn('alex');
  await page.goto('/d/sales');
  const other: LayoutContentInput = {
    title: 'The other one',
    department: 'sales',
    visibility: 'private',
    tree: { type: 'stack', active: 0, panels: [] },
    panels: {},
  };
  await page.goto(`/l/${await createLayout(page, other)}`);
  await page.getByRole('tab', { name: 'The other one' }).waitFor();
  await page.goto('/d/sales');
  await ready(page, 'data-table');
  await edit(page);
  const panels = page.locator('section.dm-panel');
  const before = await panels.count();
  await addWidget(page, 'Notes');
  await expect.poll(() => panels.count()).toBe(before + 1);

  await begin('is away');
  await page.getByRole('tab', { name: 'The other one' }).click();
  await told(page).waitFor({ timeout: SOON });
  await page.getByRole('tab', { name: 'Markets morning' }).click();
  await expect.poll(() => told(page).count()).toBe(0);
  await expect.poll(() => panels.count()).toBe(before + 1);

  await page.getByRole('tab', { name: 'The other one' }).click();
  await told(page).waitFor({ timeout: SOON });
  await end('is away');
  await page.getByRole('heading', { name: 'This layout is empty' }).waitFor();
  await page.getByRole('tab', { name: 'Markets morning' }).click();
  await expect.poll(() => panels.count()).toBe(before + 1);
  await page.context().close();
});

it('says so where the data of a widget does not come, and shows it as soon as it does', async () => {
  const page = await signedIn('casey');
  await page.route('**/data/**', (route) => route.abort('connectionrefused'));
  await page.goto('/d/sales');
  await ready(page, 'data-table', 'series-chart');
  const waiting = [panel(page, 'data-table'), panel(page, 'series-chart')];
  for (const frame of waiting) await frame.getByText(/tried again by itself/).waitFor();
  await page.unroute('**/data/**');
  await tableRow(page, 'IBM').waitFor();
  for (const frame of waiting) await expect.poll(() => frame.getByText(/tried again by itself/).count()).toBe(0);
  await page.context().close();
});

it('shows the dashboard where the tracker does not answer, and its figures as soon as it does', async () => {
  const page = await signedIn('casey');
  let held: (() => void)[] | null = [];
  await page.route('**/api/tracker/**', (route) =>
    held ? void held.push(() => void route.continue().catch(() => undefined)) : route.continue(),
  );
  await page.goto('/d/sales');
  await ready(page, 'data-table', 'series-chart', 'usage');
  await tableRow(page, 'IBM').waitFor();
  for (const pass of held) pass();
  held = null;
  await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Visitors\s*\d/);
  await page.context().close();
});
