/** Two people change the same layout at once: the second is offered a merge, and nothing is lost. */
import { expect, it } from 'vitest';
import { addWidget, edit, ready, save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';

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
  await dana.page.getByRole('button', { name: 'Merge and save' }).waitFor();
  await save(dana.page);
  const merged = await readLayout(dana.page, id);
  expect(Object.values(merged.panels).map(({ widget }) => widget.split('@')[0])).toEqual(
    expect.arrayContaining(['data-table', 'notes', 'date-range']),
  );
  expect(merged.revision).toBe(3);
  await expect.poll(() => alex.page.locator('section.dm-panel').count()).toBe(3);
  await alex.context.close();
  await dana.context.close();
});
