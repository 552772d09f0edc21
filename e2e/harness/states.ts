/** Every page and state that people come across, and how one gets there. */
import type { Page } from 'playwright-core';
import type { PersonId } from './browser';
import { edit, panel, ready } from './dashboard';

export interface PageState {
  name: string;
  /** null: nobody is signed in. */
  person: PersonId | null;
  path: string;
  /** Until what is to be looked at is there. */
  reach(page: Page): Promise<void>;
}

const SALES = ['data-table', 'series-chart', 'date-range', 'usage'];
const menuItem = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });
const heading = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('heading', { name }).first().waitFor();

async function editing(page: Page): Promise<void> {
  await ready(page, ...SALES);
  await edit(page);
}

async function settingsOf(page: Page, widget: string): Promise<void> {
  await editing(page);
  const id = await panel(page, widget).getAttribute('data-panel');
  const stack = page.locator('.lm_stack', { has: page.locator(`[data-for="${id}"]`) });
  await stack.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('complementary', { name: 'Panel settings' }).getByText('Reset to defaults').waitFor();
}

const sales = (name: string, person: PersonId, reach: PageState['reach']): PageState => ({ name, person, path: '/d/sales', reach });
const operations = (name: string, person: PersonId, reach: PageState['reach']): PageState => ({
  name,
  person,
  path: '/d/operations',
  reach,
});

export const STATES: PageState[] = [
  { name: 'signed out', person: null, path: '/d/sales', reach: (page) => page.getByRole('link', { name: 'Sign in' }).waitFor() },
  {
    name: 'who one is',
    person: null,
    path: '/api/v1/session/sign-in',
    reach: (page) => page.getByRole('button', { name: /Casey Brooks/ }).waitFor(),
  },
  { name: 'no such page', person: null, path: '/no/such/page', reach: (page) => heading(page, 'There is nothing here') },
  { name: 'no such department', person: 'casey', path: '/d/nowhere', reach: (page) => heading(page, /nothing here|may not see/) },
  { name: 'not for oneself', person: 'casey', path: '/d/operations', reach: (page) => heading(page, /may not see/) },
  sales('viewing', 'casey', (page) => ready(page, ...SALES)),
  {
    name: 'viewing operations',
    person: 'dana',
    path: '/d/operations',
    reach: (page) => ready(page, 'data-table', 'series-chart', 'usage'),
  },
  operations('account menu', 'robin', async (page) => {
    await ready(page, 'data-table');
    await page.getByRole('button', { name: /Robin Okafor/ }).click();
    await menuItem(page, 'My widgets…').waitFor();
  }),
  operations('my widgets', 'robin', async (page) => {
    await ready(page, 'data-table');
    await page.getByRole('button', { name: /Robin Okafor/ }).click();
    await menuItem(page, 'My widgets…').click();
    await page
      .getByRole('dialog')
      .getByRole('heading', { name: /Notes|Usage/ })
      .first()
      .waitFor();
  }),
  {
    name: 'preferences',
    person: 'casey',
    path: '/preferences',
    reach: (page) => page.getByRole('group', { name: 'Start page' }).waitFor(),
  },
  {
    name: 'no notifications',
    person: 'casey',
    path: '/preferences',
    async reach(page) {
      await page.getByRole('banner').getByRole('button', { name: 'Notifications' }).click();
      await page.getByRole('dialog', { name: 'Notifications' }).getByText('Nothing yet.').waitFor();
    },
  },
  {
    name: 'deployments',
    person: 'robin',
    path: '/deployments',
    reach: (page) => page.getByRole('listitem', { name: 'Notes', exact: true }).getByText('stable').waitFor(),
  },
  {
    name: 'deployments of a widget',
    person: 'dana',
    path: '/deployments/notes',
    reach: (page) => page.getByRole('region', { name: 'Channels' }).getByRole('button', { name: 'Hold stable…' }).waitFor(),
  },
  ...['Sessions', 'Funnel', 'Retention', 'Live'].map((view) =>
    sales(`usage: ${view}`, 'casey', async (page) => {
      await ready(page, ...SALES);
      await panel(page, 'usage').getByRole('tab', { name: view }).click();
      await panel(page, 'usage').locator('[role=tabpanel] *').first().waitFor();
    }),
  ),
  sales('notes', 'casey', async (page) => {
    await page.getByRole('tab', { name: 'Notes' }).click();
    await ready(page, 'notes');
  }),
  sales('an outage', 'casey', async (page) => {
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await page.reload();
    await heading(page, 'The dashboard cannot be reached right now');
  }),
  sales('editing', 'alex', editing),
  sales('marketplace', 'alex', async (page) => {
    await editing(page);
    await page.getByRole('button', { name: 'Add widget' }).click();
    await page.getByRole('button', { name: 'Add Notes', exact: true }).waitFor();
  }),
  sales('details of a widget', 'alex', async (page) => {
    await editing(page);
    await page.getByRole('button', { name: 'Add widget' }).click();
    await page
      .getByRole('complementary', { name: 'Add a widget' })
      .getByRole('button', { name: /^Data table/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('heading', { name: 'Data table' }).waitFor();
  }),
  ...SALES.map((widget) => sales(`settings of ${widget}`, 'alex', (page) => settingsOf(page, widget))),
  sales('layouts', 'alex', async (page) => {
    await ready(page, ...SALES);
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await menuItem(page, /Open a layout/).click();
    await page.getByRole('dialog').getByText('Markets morning').first().waitFor();
  }),
  sales('an empty layout', 'alex', async (page) => {
    await ready(page, ...SALES);
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await menuItem(page, 'New layout').click();
    await page.getByRole('heading', { name: 'This layout is empty' }).waitFor();
  }),
];
