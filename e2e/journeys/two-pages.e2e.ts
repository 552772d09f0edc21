/** One person has a layout open on two pages, and changes it on both: each takes in what the other has, and nobody is asked. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addWidget, edit, ready, save } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';

const here = journey();
const note = (text: string) => ({ widget: 'notes@stable', title: text, settings: { text } });
const content = {
  title: 'On two pages',
  department: 'sales',
  visibility: 'department' as const,
  tree: {
    type: 'row' as const,
    children: ['one', 'two'].map((id) => ({ size: 0.5, node: { type: 'stack' as const, active: 0, panels: [id] } })),
  },
  panels: { one: note('First'), two: note('Second') },
};

/** A request of this page's, once it is answered with 200. */
const kept = (page: Page, path: string) =>
  page.waitForResponse((answer) => answer.url().endsWith(path) && answer.request().method().startsWith('P') && answer.status() === 200);
const panels = (page: Page) => page.locator('section.dm-panel').count();

it('loses nothing of a draft that is offered and passed over: of the other page, and of the same one before it was loaded anew', async () => {
  // What is passed over is news to the page that edits.
  here.visitors.watch.expect(/status of 412/);
  const { page: first, context } = await here.visitors.person('alex');
  const id = await createLayout(first, { ...content, title: 'Passed over' });
  await first.goto(`/l/${id}`);
  await ready(first, 'notes');
  await edit(first);
  const once = kept(first, '/draft');
  await addWidget(first, 'Date range');
  await once;

  const second = await context.newPage();
  for (const [page, before, widget, after] of [
    [second, 2, 'Data table', 4],
    [first, 2, 'Usage', 5],
  ] as const) {
    await page.goto(`/l/${id}`);
    await ready(page, 'notes');
    const banner = page.getByText('You have unsaved changes from');
    await banner.waitFor();
    expect(await panels(page)).toBe(before);
    await edit(page);
    const both = kept(page, '/draft');
    await addWidget(page, widget);
    await both;
    await expect.poll(() => panels(page)).toBe(after);
    await banner.waitFor({ state: 'detached' });
  }
  await save(first);
  expect(Object.keys((await readLayout(first, id)).panels)).toHaveLength(5);
  await context.close();
});

it('keeps the unsaved edits and the own settings of both', async () => {
  // What one page of a person has kept is news to the other.
  here.visitors.watch.expect(/status of 412/);
  const { page: first, context } = await here.visitors.person('alex');
  const id = await createLayout(first, content);
  const second = await context.newPage();
  for (const page of [first, second]) {
    await page.goto(`/l/${id}`);
    await ready(page, 'notes');
    await edit(page);
  }
  const once = kept(first, '/draft');
  await addWidget(first, 'Date range');
  await once;
  const both = kept(second, '/draft');
  await addWidget(second, 'Data table');
  await both;
  await expect.poll(() => panels(second)).toBe(4);
  expect(await panels(first)).toBe(3);
  await save(second);
  const saved = await readLayout(second, id);
  expect(
    Object.values(saved.panels)
      .map(({ widget }) => widget.split('@')[0])
      .sort(),
  ).toEqual(['data-table', 'date-range', 'notes', 'notes']);
  // The first one has something more by now; what it saves is both, and it is asked and told nothing: nobody else has saved.
  await addWidget(first, 'Usage');
  const merged = kept(first, `/layouts/${id}`);
  await first.getByRole('button', { name: 'Save', exact: true }).click();
  await merged;
  await expect.poll(() => panels(first)).toBe(5);
  expect(Object.keys((await readLayout(first, id)).panels)).toHaveLength(5);
  expect(await first.getByRole('dialog').count()).toBe(0);
  expect(await first.getByText(/Alex Lin saved|You saved/).count()).toBe(0);
  await context.close();

  const casey = await here.visitors.person('casey', `/l/${id}`);
  const beside = await casey.context.newPage();
  await beside.goto(`/l/${id}`);
  for (const [page, panel, text] of [
    [casey.page, 'one', 'here'],
    [beside, 'two', 'there'],
  ] as const) {
    await ready(page, 'notes');
    const frame = page.locator(`section.dm-panel[data-panel="${panel}"]`);
    await frame.getByRole('region').dblclick();
    await frame.getByLabel('Note, in Markdown').fill(text);
    const sent = kept(page, '/mine');
    await page.keyboard.press('Escape');
    await sent;
  }
  await beside.locator('section.dm-panel[data-panel="one"]').getByText('here', { exact: true }).waitFor();
  const { mine } = await casey.page.evaluate(async (layout) => (await fetch(`/api/v1/layouts/${layout}`)).json(), id);
  expect([mine.panels.one.settings.text, mine.panels.two.settings.text]).toEqual(['here', 'there']);
  await casey.context.close();
});
