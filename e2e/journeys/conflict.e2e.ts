/** Two people change the same layout at once: the second is offered a merge, and nothing is lost. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addWidget, edit, ready, save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';
import { onPhone, picture } from '../harness/pictures';

const here = journey();
const content = {
  title: 'Shared',
  department: 'sales',
  visibility: 'department' as const,
  tree: { type: 'stack' as const, active: 0, panels: ['table'] },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings: {} } },
};

it('merges what two people added', async () => {
  const alex = await here.visitors.person('alex');
  const dana = await here.visitors.person('dana');
  const id = await createLayout(alex.page, content);
  for (const { page } of [alex, dana]) {
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table');
    await edit(page);
  }
  await addWidget(alex.page, 'Notes');
  await addWidget(dana.page, 'Date range');
  await save(alex.page);
  here.visitors.watch.expect(/status of 412/);
  await dana.page.getByRole('button', { name: 'Merge and save' }).click();
  const offer = dana.page.getByRole('dialog', { name: 'Alex Lin saved in between' });
  await offer.getByText(/do not touch each other/).waitFor();
  await mergeAndSave(dana.page, offer);
  const merged = await readLayout(dana.page, id);
  expect(Object.values(merged.panels).map(({ widget }) => widget.split('@')[0])).toEqual(
    expect.arrayContaining(['data-table', 'notes', 'date-range']),
  );
  expect(merged.revision).toBe(3);
  await expect.poll(() => alex.page.locator('section.dm-panel').count()).toBe(3);
  await alex.context.close();
  await dana.context.close();
});

it('lets the second choose where both changed the same thing', async () => {
  const alex = await here.visitors.person('alex');
  const dana = await here.visitors.person('dana');
  const id = await createLayout(alex.page, { ...content, title: 'Before' });
  for (const [{ page }, title] of [
    [alex, 'By Alex'],
    [dana, 'By Dana'],
  ] as const) {
    await page.goto(`/l/${id}`);
    await ready(page, 'data-table');
    await edit(page);
    await page.getByRole('button', { name: 'Layout actions' }).click();
    await page.getByRole('menuitem', { name: /Rename/ }).click();
    await page.getByRole('dialog').getByLabel('Title').fill(title);
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  }
  await addWidget(dana.page, 'Notes');
  await save(alex.page);
  here.visitors.watch.expect(/status of 412/);
  await dana.page.getByRole('button', { name: 'Merge and save' }).click();
  const offer = dana.page.getByRole('dialog', { name: 'Alex Lin saved in between' });
  expect(await offer.getByRole('button', { name: 'Merge and save' }).isDisabled()).toBe(true);
  await picture(dana.page, 'merge');
  await onPhone(dana.page, () => picture(dana.page, 'merge phone'));
  await dana.page.setViewportSize({ width: 1440, height: 900 });
  await offer.getByRole('radio', { name: /By Alex/ }).check({ force: true });
  await mergeAndSave(dana.page, offer);
  const merged = await readLayout(dana.page, id);
  expect(merged.title).toBe('By Alex');
  expect(Object.values(merged.panels)).toHaveLength(2);
  await alex.context.close();
  await dana.context.close();
});

async function mergeAndSave(page: Page, offer: Locator): Promise<void> {
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'PUT' && /\/layouts\/[^/]+$/.test(answer.url())),
    offer.getByRole('button', { name: 'Merge and save' }).click(),
  ]);
  expect(response.status()).toBe(200);
}
