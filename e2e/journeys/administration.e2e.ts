/** What administrators look after, and what a department opens: by address, by keyboard, in both themes, on a phone; closed to everybody else. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ready } from '../harness/dashboard';
import { isWithin } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout } from '../harness/layouts';
import { inBothThemes } from '../harness/themes';

const here = journey();
const item = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });

/** In both themes, and on a phone. */
async function looksRight(page: Page, name: string): Promise<void> {
  await inBothThemes(page, name);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => isWithin(page), { message: 'it fits a phone' }).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });
}

it('creates a department and pins a layout for it, by keyboard', async () => {
  const { page, context } = await here.visitors.person('dana', '/d/sales');
  await ready(page, 'data-table');
  for (const title of ['Floor plan', 'Roof plan'])
    await createLayout(page, {
      title,
      visibility: 'company',
      tree: { type: 'stack', active: 0, panels: ['notes'] },
      panels: { notes: { widget: 'notes@stable', settings: {} } },
    });
  await page.getByRole('button', { name: /^Account of Dana/ }).click();
  await page.getByRole('menuitem', { name: 'Administration' }).click();
  await page.waitForURL('**/admin/departments');
  await item(page, 'Sales')
    .getByText(/^opens Markets morning/)
    .waitFor();
  await page.getByRole('textbox', { name: 'Title' }).fill('Größe & Gewicht');
  expect(await page.getByRole('textbox', { name: /^Id/ }).inputValue()).toBe('grosse-gewicht');
  await page.keyboard.press('Enter');
  await item(page, 'Größe & Gewicht').getByText('nothing pinned').waitFor();
  await looksRight(page, 'departments');

  await item(page, 'Größe & Gewicht').getByRole('link').press('Enter');
  await page.waitForURL('**/departments/grosse-gewicht');
  await page.getByText('Nothing is pinned').waitFor();
  await page.getByRole('combobox', { name: 'Pin a layout' }).fill('floor');
  await page.getByRole('option', { name: /Floor plan/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const pins = page.getByRole('region', { name: 'Pinned layouts' });
  const order = () => pins.getByRole('listitem').getByRole('link').allInnerTexts();
  await expect.poll(order).toEqual(['Floor plan']);
  await page.getByRole('combobox', { name: 'Pin another layout' }).fill('roof');
  await page.getByRole('option', { name: /Roof plan/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['Floor plan', 'Roof plan']);
  await pins.getByRole('button', { name: 'Move Roof plan up' }).press('Enter');
  await expect.poll(order).toEqual(['Roof plan', 'Floor plan']);
  // Who moves by keyboard keeps their place, also at the end of the way.
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Move Roof plan up');
  await page.keyboard.press('Enter');
  await pins.getByRole('button', { name: 'Open first: Roof plan' }).press('Enter');
  await item(page, 'Roof plan').getByText('opened first').waitFor();
  await pins.getByRole('button', { name: 'Unpin Roof plan' }).press('Enter');
  await expect.poll(order).toEqual(['Floor plan']);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect.poll(order).toEqual(['Roof plan', 'Floor plan']);
  await item(page, 'Roof plan').getByText('opened first').waitFor();
  await pins.getByRole('button', { name: 'Open first: Floor plan' }).press('Enter');
  await item(page, 'Floor plan').getByText('opened first').waitFor();
  await looksRight(page, 'pins of a department');

  // Back to where one came from, and the page itself by its address.
  await page.goBack();
  await item(page, 'Größe & Gewicht').getByText('opens Floor plan').waitFor();
  await page.goto('/d/grosse-gewicht');
  await ready(page, 'notes');
  await context.close();
});

it('shows people as last seen, the log by any filter and how far it is whole, and tokens without their secrets', async () => {
  const { page, context } = await here.visitors.person('dana', '/admin/people');
  await item(page, 'Dana Petrova')
    .getByText(/ · Administrator · /)
    .waitFor();
  await page.getByRole('searchbox', { name: 'Find people' }).fill('pet da');
  await expect.poll(() => page.getByRole('list', { name: 'People' }).getByRole('listitem').count()).toBe(1);
  await looksRight(page, 'people');
  await page.getByRole('searchbox', { name: 'Find people' }).fill('nobody at all');
  await page.getByText('Nobody called “nobody at all” has signed in.').waitFor();
  await page.getByRole('searchbox', { name: 'Find people' }).fill('dana');
  await page.getByRole('link', { name: 'What Dana Petrova did' }).press('Enter');

  const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
  await entries.getByRole('button', { name: 'department:grosse-gewicht' }).first().waitFor();
  await entries.getByRole('button', { name: 'pin.put', exact: true }).first().click();
  // What it was about by its title, beside the id that is kept.
  await entries.filter({ hasText: '“Floor plan”' }).first().waitFor();
  // There are none while the list is on its way.
  await expect
    .poll(() =>
      entries
        .allInnerTexts()
        .then((texts) => texts.length > 0 && texts.every((text) => /Dana Petrova \(user:dana\)\s+pin\.put/.test(text))),
    )
    .toBe(true);
  await expect.poll(() => new URL(page.url()).search).toBe('?actor=user%3Adana&action=pin.put');
  await page.getByText(/^All \d+ entries are whole\.$/).waitFor();
  const verified = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().includes('/audit/verification'));
  await page.getByRole('button', { name: 'Verify now' }).click();
  expect((await verified).ok()).toBe(true);
  await page.getByRole('button', { name: 'Verify now', disabled: false }).waitFor();
  await page.getByText(/^All \d+ entries are whole\.$/).waitFor();
  await looksRight(page, 'audit log verified');
  await page.getByRole('textbox', { name: 'Subject' }).fill('department:none');
  await page.getByText('No entry fits these filters.').waitFor();

  await here.stack.token('platform');
  await page.goto('/admin/tokens');
  await page
    .getByRole('link', { name: /^Revoke / })
    .first()
    .waitFor();
  expect(await page.getByRole('main').innerText()).not.toMatch(/dmp_/);
  await looksRight(page, 'tokens of all');
  await page
    .getByRole('link', { name: /^Revoke / })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname.startsWith('/oidc'));
  await context.close();
});

it('lets a power user say what the own department opens, and shows nobody else more than that they may not', async () => {
  const { page: alex, context } = await here.visitors.person('alex', '/d/sales');
  await ready(alex, 'data-table');
  await alex.getByRole('button', { name: 'Department: Sales' }).click();
  await alex.getByRole('menuitem', { name: 'Department page' }).click();
  await alex.waitForURL('**/departments/sales');
  const pins = alex.getByRole('region', { name: 'Pinned layouts' });
  await pins.getByRole('link', { name: 'Markets morning' }).waitFor();
  expect(await alex.getByRole('region', { name: 'Name' }).count()).toBe(0);
  // What nobody there would see is shared with them first; what is used is told of a power user's own department, but not what single people do.
  await createLayout(alex, {
    title: 'Mine alone',
    visibility: 'private',
    tree: { type: 'stack', active: 0, panels: ['one'] },
    panels: { one: { widget: 'notes@stable', settings: {} } },
  });
  here.visitors.watch.expect(/status of 422/);
  await alex.getByRole('combobox', { name: 'Pin another layout' }).fill('alone');
  const option = alex.getByRole('option', { name: /Mine alone/ });
  await option.getByText('may have to be shared first').waitFor();
  await option.click();
  await pins.getByText('“Mine alone” is not shared with Sales, so that its people would not see it.').waitFor();
  await pins.getByRole('button', { name: 'Share with Sales and pin' }).click();
  await pins.getByRole('link', { name: 'Mine alone' }).waitFor();
  await alex
    .getByRole('region', { name: 'Who uses what' })
    .getByRole('heading', { name: /^Mine alone/ })
    .waitFor();
  await alex.goto('/admin');
  await alex.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await alex.goto('/departments/operations');
  await alex.getByRole('heading', { name: 'You may not see this' }).waitFor();
  await alex.getByRole('button', { name: /^Account of Alex/ }).click();
  await alex.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect(await alex.getByRole('menuitem', { name: 'Administration' }).count()).toBe(0);
  await context.close();
});

it('says who uses what of a department’s layouts and what nobody looks at, and says so when nobody can tell', async () => {
  const { page, context } = await here.visitors.person('dana', '/d/sales');
  await ready(page, 'data-table');
  const layout = await createLayout(page, {
    title: 'Seen and not seen',
    visibility: 'company',
    tree: { type: 'stack', active: 0, panels: ['seen', 'behind'] },
    panels: {
      // Without a title of its own: it is called as its widget.
      seen: { widget: 'notes@stable', settings: {} },
      behind: { widget: 'notes@stable', title: 'Behind it', settings: {} },
    },
  });
  await page.goto(`/l/${layout}`);
  await ready(page, 'notes');
  await page.goto('/departments/grosse-gewicht');
  await page.getByRole('combobox', { name: 'Pin another layout' }).fill('seen');
  await page.getByRole('option', { name: /Seen and not seen/ }).click();
  const usage = page.getByRole('region', { name: 'Who uses what' });
  const ofLayout = usage.getByRole('list', { name: /^Seen and not seen/ });
  // The page tells of its visits when it is left; the tracker counts them soon after.
  await expect
    .poll(async () => {
      await page.reload();
      await usage.getByRole('heading', { name: /^Seen and not seen/ }).waitFor();
      return ofLayout.getByRole('listitem').allInnerTexts();
    })
    .toEqual([expect.stringMatching(/^Notes\s+1 person/)]);
  await usage.getByText(/looked at: Behind it/).waitFor();
  await looksRight(page, 'usage of a department');

  await page.route('**/api/tracker/**', (route) => route.abort());
  await page.reload();
  await usage
    .getByRole('alert')
    .getByText(/^Who uses what could not be loaded\./)
    .waitFor();
  await page.getByRole('region', { name: 'Pinned layouts' }).getByRole('link', { name: 'Seen and not seen' }).waitFor();
  here.visitors.watch.expect(/ERR_FAILED/);
  await looksRight(page, 'department whose usage is away');
  await page.unroute('**/api/tracker/**');
  await ofLayout.getByText('Notes').waitFor();
  await context.close();
});

it('shows what the services were started with, never a secret, and what is known while one is away', async () => {
  const { page, context } = await here.visitors.person('dana', '/admin/settings');
  const row = (service: string, name: string) =>
    page
      .getByRole('region', { name: service, exact: true })
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await row('registry-api', 'DATA_DIR').getByText('environment').waitFor();
  await row('registry-api', 'UPLOAD_SECONDS').getByText('120 seconds').waitFor();
  await row('registry-api', 'OIDC_SIGN_OUT').getByText('default', { exact: true }).waitFor();
  await row('registry-api', 'MONGO_URL').getByText('not set').waitFor();
  await row('tracker', 'DUCKDB_MEMORY').waitFor();
  await row('tracker', 'SITES').getByText('set, not shown').waitFor();
  await looksRight(page, 'settings of the instance');
  await page.route('**/api/tracker/v1/settings', (route) => route.abort());
  await page.reload();
  await page.getByText(/^What tracker was started with could not be loaded/).waitFor();
  await row('registry-api', 'UPLOAD_SECONDS').waitFor();
  here.visitors.watch.expect(/ERR_FAILED/);
  await looksRight(page, 'settings of a service that is away');
  await context.close();
});
