/** The history of a layout: who changed what when, any two compared in words, a name, and the way back. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addWidget, edit, ready, save } from '../harness/dashboard';
import { beyondTheEdge } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';
import { inBothThemes } from '../harness/themes';

const here = journey();
const content = {
  title: 'With a past',
  tree: { type: 'stack' as const, active: 0, panels: ['table'] },
  panels: { table: { widget: 'data-table@stable', title: 'Instruments', settings: {} } },
};

async function openHistory(page: Page) {
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'History…' }).click();
  const dialog = page.getByRole('dialog', { name: 'History of “With a past”' });
  await dialog.getByRole('listbox', { name: 'Revisions' }).getByRole('option').first().waitFor();
  return dialog;
}

it('compares, names and restores', async () => {
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, content);
  await page.goto(`/l/${id}`);
  await ready(page, 'data-table');
  await edit(page);
  await addWidget(page, 'Notes');
  await save(page);
  await addWidget(page, 'Date range');
  await page.getByRole('button', { name: 'Layout actions' }).click();
  await page.getByRole('menuitem', { name: 'Save with a message…' }).click();
  const asking = page.getByRole('dialog', { name: 'Save with a message' });
  await asking.getByLabel('What has changed, and why').fill('A range for the auditors');
  await inBothThemes(page, 'save with a message');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await readLayout(page, id)).message).toBe('A range for the auditors');

  const dialog = await openHistory(page);
  const revisions = dialog.getByRole('listbox', { name: 'Revisions' }).getByRole('option');
  await expect.poll(() => revisions.count()).toBe(3);
  await expect.poll(() => dialog.locator('.revision-row svg').count()).toBe(3);
  await dialog.getByRole('list', { name: 'From revision 2 to revision 3' }).getByText('Added Date range').waitFor();
  await revisions.filter({ hasText: 'A range for the auditors' }).waitFor();
  await inBothThemes(page, 'history of three');

  // By keyboard to the first one.
  await revisions.first().focus();
  await page.keyboard.press('End');
  await dialog.getByText('The first one: 1 panel.').waitFor();
  await dialog.getByLabel('Name of revision 1').fill('As agreed');
  await page.keyboard.press('Enter');
  await revisions.filter({ hasText: 'As agreed' }).waitFor();
  await dialog.getByLabel('Compare with').selectOption('3');
  const changes = dialog.getByRole('list', { name: 'From revision 1 to revision 3' });
  await changes.getByText('Added Date range').waitFor();
  await changes.getByText('Added Notes').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await beyondTheEdge(page, '.dialog-modal *')).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  await dialog.getByRole('button', { name: 'Restore revision 1' }).click();
  await expect.poll(() => page.locator('section.dm-panel').count()).toBe(1);
  await expect.poll(async () => (await readLayout(page, id)).revision).toBe(4);
  expect(await readLayout(page, id)).toMatchObject({ message: 'Restored revision 1', panels: { table: { title: 'Instruments' } } });

  // Undo takes it back as any edit, and the name is still there.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => page.locator('section.dm-panel').count()).toBe(3);
  const again = await openHistory(page);
  await again.getByRole('listbox', { name: 'Revisions' }).getByRole('option').filter({ hasText: 'As agreed' }).waitFor();
  await again.getByText('Restored revision 1').first().waitFor();
  await context.close();
});
