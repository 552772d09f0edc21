/** Every page and state that has no journey of its own: none may write an error or break a policy (the harness looks). */
import { describe, expect, it } from 'vitest';
import { addWidget, edit, panel, ready } from '../harness/dashboard';
import { isWithin } from '../harness/edges';
import { journey } from '../harness/journey';

const here = journey();
const SALES = ['data-table', 'series-chart', 'date-range', 'usage'];

describe('pages and states', () => {
  it('both departments, light and dark, wide and on a phone', async () => {
    const { page, context } = await here.visitors.person('dana', '/d/sales');
    for (const [path, widgets] of [
      ['/d/sales', SALES],
      ['/d/operations', ['data-table', 'series-chart', 'usage']],
    ] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(path);
        await ready(page, ...widgets);
        await page.setViewportSize({ width: 390, height: 844 });
        await ready(page, 'data-table');
        await expect.poll(() => isWithin(page), { message: `${path} fits a phone` }).toBe(true);
      }
    }
    await context.close();
  });

  it('editing: marketplace, settings of every widget, undo, redo, layouts dialog, leaving again', async () => {
    const { page, context } = await here.visitors.person('alex', '/d/sales');
    await ready(page, ...SALES);
    await edit(page);
    await addWidget(page, 'Notes');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    for (const widget of SALES) {
      await panel(page, widget).hover();
      await page
        .getByRole('button', { name: /settings/i })
        .filter({ visible: true })
        .first()
        .click();
      await page.getByRole('complementary', { name: 'Panel settings' }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Open or make a layout' }).click();
    await page.getByRole('menuitem', { name: /Open a layout/ }).click();
    await page.getByRole('dialog').getByText('Markets morning').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await ready(page, ...SALES);
    await context.close();
  });

  it('what is not there, and what one may not see', async () => {
    const { page, context } = await here.visitors.person('casey');
    here.visitors.watch.expect(/status of 40[34]/);
    for (const path of ['/d/nowhere', '/l/00000000-none', '/d/operations', '/no/such/page']) {
      await page.goto(path);
      await page.getByRole('heading', { name: /nothing here|may not see this/ }).waitFor();
    }
    await context.close();
  });
});
