/** What changes by itself is listed, each once, however many pages heard it: versions, shares, conflicts and who asks for access. */
import type { LayoutContentInput } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { edit } from '../harness/dashboard';
import { Team } from '../harness/handmade';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { send } from '../harness/pins';
import { inBothThemes } from '../harness/themes';

const here = journey();
let team: Team;
beforeAll(async () => {
  team = await Team.of(here.stack);
  here.visitors.watch.expect(/for the journey/, /ERR_INTERNET_DISCONNECTED/, /status of 401/);
});

const working = (version: string): string =>
  `export default class extends HTMLElement { connectedCallback() { this.textContent = 'works ${version}'; } }`;
const BROKEN = `export default class extends HTMLElement { connectedCallback() { throw new Error('for the journey'); } }`;

const content = (title: string, widget = 'notes@stable'): LayoutContentInput => ({
  title,
  visibility: 'private',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget, settings: {} } },
});

const bell = (page: Page) => page.getByRole('banner').getByRole('button', { name: /^Notifications/ });
const unread = (page: Page, count: number): Promise<void> =>
  page
    .getByRole('banner')
    .getByRole('button', { name: count > 0 ? `Notifications, ${count} unread` : 'Notifications', exact: true })
    .waitFor();
const list = (page: Page) => page.getByRole('dialog', { name: 'Notifications' });
const told = (page: Page): Promise<string[]> => list(page).getByRole('listitem').locator('p').allTextContents();

async function version(page: Page, expected: string): Promise<void> {
  await page.locator(`[data-panel="p1"][data-version="${expected}"][data-state="ready"]`).waitFor();
}

it('lists versions that came and went once, in two tabs, over a reload and a lost connection', async () => {
  await team.publish(
    { name: 'tells', version: '1.0.0', code: working('1.0.0') },
    { name: 'tells', version: '1.1.0', code: working('1.1.0') },
    { name: 'tells', version: '1.2.0', code: BROKEN },
  );
  await team.promote('tells', '1.0.0');
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, content('Versions', 'tells@stable'));
  const other = await context.newPage();
  for (const one of [page, other]) {
    await one.goto(`/l/${id}`);
    await version(one, '1.0.0');
    await unread(one, 0);
  }
  await bell(page).click();
  await list(page)
    .getByText(/^Nothing yet\./)
    .waitFor();
  await page.keyboard.press('Escape');
  await list(page).waitFor({ state: 'hidden' });
  await expect.poll(() => bell(page).evaluate((one) => one === document.activeElement)).toBe(true);

  await team.promote('tells', '1.1.0');
  for (const one of [page, other]) {
    await version(one, '1.1.0');
    await unread(one, 1);
  }
  await team.promote('tells', '1.2.0');
  for (const one of [page, other]) {
    await one.getByText(/1\.2\.0 failed/).waitFor();
    await unread(one, 2);
  }
  await team.promote('tells', '1.0.0');
  for (const one of [page, other]) {
    await version(one, '1.0.0');
    await unread(one, 3);
  }
  await team.yank('tells', '1.0.0', 'a mistake');
  for (const one of [page, other]) await unread(one, 4);

  await context.setOffline(true);
  await page.getByText('Offline', { exact: false }).first().waitFor();
  await context.setOffline(false);
  await page.reload();
  await unread(page, 4);
  await bell(page).click();
  await expect
    .poll(() => told(page))
    .toEqual([
      'Unread: tells 1.0.0 was withdrawn by its publisher.',
      'Unread: tells runs 1.0.0 now.',
      'Unread: tells: 1.2.0 failed, so you see 1.1.0.',
      'Unread: tells runs 1.1.0 now.',
    ]);
  await inBothThemes(page, 'notifications');
  await list(page).getByRole('button', { name: 'Mark all as read' }).click();
  for (const one of [page, other]) await unread(one, 0);
  await context.close();
});

it('lists shares, requests and conflicts, leads to each, and leaves nothing to whoever comes next', async () => {
  const alex = await here.visitors.person('alex');
  const casey = await here.visitors.person('casey', '/layouts');
  await unread(casey.page, 0);
  // What is shared already is known by then, and no news.
  await expect.poll(() => casey.page.evaluate(() => localStorage.getItem('dm.shared.casey'))).not.toBeNull();
  const id = await createLayout(alex.page, content('For two'));
  const asked = await createLayout(alex.page, content('Asked for'));
  await alex.page.goto(`/l/${id}`);
  await edit(alex.page);

  const share = (revision: number, may: 'view' | 'edit'): Promise<number> =>
    alex.page.evaluate(
      async ([layout, base, right]) => {
        const headers = { 'content-type': 'application/json', 'if-match': `"${base}"` };
        const body = JSON.stringify({ visibility: 'private', department: null, grants: [{ to: 'user:casey', may: right }] });
        return (await fetch(`/api/v1/layouts/${layout}/sharing`, { method: 'PUT', headers, body })).status;
      },
      [id, revision, may] as const,
    );
  expect(await share(1, 'edit')).toBe(200);
  await unread(casey.page, 1);
  expect(await send(casey.page, 'POST', `/layouts/${asked}/access-requests`, { may: 'view' })).toBe(202);
  await unread(alex.page, 1);

  await bell(casey.page).click();
  await expect.poll(() => told(casey.page)).toEqual(['Unread: Alex Lin shared “For two” with you.']);
  await list(casey.page).getByRole('button', { name: 'Open' }).click();
  await casey.page.waitForURL(`**/l/${id}`);
  await unread(casey.page, 0);

  // Both change it: what alex has is not saved yet.
  await alex.page.getByRole('button', { name: 'Add widget' }).click();
  await alex.page.getByRole('complementary', { name: 'Add a widget' }).getByRole('button', { name: 'Add Notes', exact: true }).click();
  await edit(casey.page);
  await casey.page.keyboard.press('Escape');
  await casey.page.getByRole('button', { name: 'Add widget' }).click();
  await casey.page.getByRole('complementary', { name: 'Add a widget' }).getByRole('button', { name: 'Add Notes', exact: true }).click();
  await casey.page.getByRole('button', { name: 'Save', exact: true }).click();
  await unread(alex.page, 2);
  await bell(alex.page).click();
  await expect
    .poll(() => told(alex.page))
    .toEqual([
      'Unread: Casey Brooks saved “For two” in between. Both are merged when you save.',
      'Unread: Casey Brooks asks to see “Asked for”.',
    ]);
  const done = alex.page.getByRole('region', { name: 'News' }).getByText('Casey Brooks may view “Asked for” from now on.').waitFor();
  await list(alex.page).getByRole('button', { name: 'Give access' }).click();
  await done;
  await expect.poll(() => list(alex.page).getByRole('button', { name: 'Decline' }).count()).toBe(0);
  await alex.page.keyboard.press('Escape');
  await unread(alex.page, 1);

  await casey.page.getByRole('button', { name: /^Account of Casey/ }).click();
  await casey.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await casey.page.getByRole('link', { name: 'Sign in' }).waitFor();
  await expect
    .poll(() => casey.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('dm.notifications'))))
    .toEqual([]);
  await signIn(casey.page, 'robin', '/layouts');
  await unread(casey.page, 0);
  await casey.context.close();
  await alex.context.close();
});
