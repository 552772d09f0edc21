/** Pages and dialogs that journeys of their own look after; here for their pictures. */
import { edit, ready } from './dashboard';
import type { PageState } from './states';

const heading =
  (name: string | RegExp): PageState['reach'] =>
  (page) =>
    page.getByRole('heading', { name }).first().waitFor();
const dialog =
  (button: string): PageState['reach'] =>
  async (page) => {
    await ready(page, 'data-table');
    await edit(page);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('dialog').waitFor();
  };

export const PAGES: PageState[] = [
  { name: 'library', person: 'alex', path: '/layouts', reach: (page) => page.getByRole('row', { name: /Markets morning/ }).waitFor() },
  { name: 'marketplace page', person: 'alex', path: '/marketplace', reach: heading('Marketplace') },
  { name: 'widget page', person: 'alex', path: '/marketplace/series-chart', reach: heading('Series chart') },
  { name: 'department page', person: 'alex', path: '/departments/sales', reach: heading(/Sales/) },
  ...['departments', 'people', 'tokens', 'audit', 'settings'].map(
    (section): PageState => ({
      name: `administration ${section}`,
      person: 'dana',
      path: `/admin/${section}`,
      reach: (page) => page.locator('main').locator('li, dl, table').first().waitFor(),
    }),
  ),
  { name: 'share', person: 'alex', path: '/d/sales', reach: dialog('Share') },
  { name: 'history', person: 'alex', path: '/d/sales', reach: dialog('History') },
  {
    name: 'command palette',
    person: 'alex',
    path: '/d/sales',
    reach: async (page) => {
      await ready(page, 'data-table');
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('option').first().waitFor();
    },
  },
];
