/** A layout leaves as a file, and comes in as one: what is lacking for it here is said before anything is made. By keyboard, on a phone. */
import { readFile } from 'node:fs/promises';
import type { LayoutContentInput } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { ready } from '../harness/dashboard';
import { beyondTheEdge } from '../harness/edges';
import { journey } from '../harness/journey';
import { createLayout, readLayout } from '../harness/layouts';
import { inBothThemes } from '../harness/themes';

const here = journey();
const content = (title: string, panels: LayoutContentInput['panels']): LayoutContentInput => ({
  title,
  tree: {
    type: 'row',
    children: Object.keys(panels).map((id, _, { length }) => ({ size: 1 / length, node: { type: 'stack', active: 0, panels: [id] } })),
  },
  panels,
});
const panels = {
  table: { widget: 'data-table@stable', title: 'Instruments', settings: { sort: 'name' } },
  notes: { widget: 'notes@stable' },
};

it('exports what is on the screen, and imports it as a layout of one’s own', async () => {
  const { page, context } = await here.visitors.person('alex');
  const id = await createLayout(page, {
    ...content('Morning of Alex', panels),
    department: 'sales',
    visibility: 'department',
    grants: [{ to: 'user:casey', may: 'edit' }],
  });
  await page.goto(`/l/${id}`);
  await ready(page, 'data-table', 'notes');
  await page.getByRole('button', { name: 'Layout actions' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Export as JSON' }).click()]);
  expect(download.suggestedFilename()).toBe('Morning of Alex.layout.json');
  const path = await download.path();
  const file = JSON.parse(await readFile(path, 'utf8')) as { layout: object };
  const { tree, panels: stored, filters, defaultChannel } = await readLayout(page, id);
  expect(file).toEqual({
    kind: 'datamesh.layout',
    version: 1,
    layout: { title: 'Morning of Alex', tree, panels: stored, filters, defaultChannel },
  });

  await page.goto('/layouts');
  await page.getByRole('button', { name: 'Import a layout…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a layout' });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Choose a file…' }).click()]);
  await chooser.setFiles(path);
  await dialog.getByText('This instance has every widget that is in it.').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Import');
  await page.keyboard.press('Enter');
  await page.getByText('“Morning of Alex 2” is a layout of your own.').waitFor();
  await ready(page, 'data-table', 'notes');
  const made = await readLayout(page, new URL(page.url()).pathname.replace('/l/', ''));
  expect(made).toMatchObject({
    title: 'Morning of Alex 2',
    owner: 'user:alex',
    visibility: 'private',
    department: null,
    grants: [],
    forkedFrom: null,
  });
  expect({ tree: made.tree, panels: made.panels }).toEqual({ tree, panels: stored });
  await context.close();
});

it('reads the text that was handed in last, also while a file is being looked at', async () => {
  const { page, context } = await here.visitors.person('alex', '/layouts');
  const fileOf = (title: string) =>
    JSON.stringify({ kind: 'datamesh.layout', version: 1, layout: { ...content(title, panels), filters: [], defaultChannel: null } });
  const held: (() => Promise<void>)[] = [];
  await page.route('**/api/v1/resolve', async (route) => {
    held.push(() => route.continue());
  });
  await page.getByRole('button', { name: 'Import a layout…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a layout' });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), dialog.getByRole('button', { name: 'Choose a file…' }).click()]);
  await chooser.setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(fileOf('Out of the file')) });
  await expect.poll(() => held.length).toBe(1);
  await dialog.getByRole('textbox', { name: 'Or paste what is in it' }).fill(fileOf('Out of the text'));
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(() => held.length).toBe(2);
  for (const go of held) await go();
  await dialog.getByText('“Out of the text” becomes a layout of your own').waitFor();
  await context.close();
});

it('says what is wrong with a text, and what this instance lacks, before it makes anything', async () => {
  const { page, context } = await here.visitors.person('alex', '/d/sales');
  await page.getByRole('button', { name: /^Department/ }).click();
  await page.getByRole('menuitem', { name: 'Import a layout…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a layout' });
  const text = dialog.getByRole('textbox', { name: 'Or paste what is in it' });
  const paste = async (what: string): Promise<void> => {
    await text.fill(what);
    await dialog.getByRole('button', { name: 'Continue' }).click();
  };
  const titles = (): Promise<string[]> =>
    page.evaluate(async () => {
      const response = await fetch('/api/v1/layouts?scope=mine&q=elsewhere');
      return ((await response.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
    });
  const looksRight = async (name: string): Promise<void> => {
    await inBothThemes(page, name);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await beyondTheEdge(page, '.dialog-modal *')).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const layout = content('Elsewhere', {
    ...panels,
    own: { widget: 'chart-of-another-company@stable', title: 'Their chart' },
    old: { widget: 'notes@99.0.0', title: 'Later notes' },
  });
  await paste('Dear Alex, here is my layout');
  await dialog.getByRole('alert').getByText('This is not JSON.').waitFor();
  await paste(JSON.stringify({ kind: 'datamesh.layout', version: 1, layout: { ...layout, panels: { ...layout.panels, own: {} } } }));
  await dialog.getByRole('alert').getByText('At layout/panels/own: “widget” is missing.').waitFor();
  await looksRight('file that is no layout');

  await paste(JSON.stringify({ kind: 'datamesh.layout', version: 1, layout }));
  await dialog.getByRole('heading', { name: 'What this instance lacks' }).waitFor();
  const lacks = dialog.getByRole('listitem');
  await lacks.filter({ hasText: 'Their chart' }).getByText('The registry knows no widget of this name. Left out.').waitFor();
  await lacks
    .filter({ hasText: 'Later notes' })
    .getByText(/^No published version of this widget fits.* Comes along/)
    .waitFor();
  await looksRight('file that lacks something');
  expect(await titles()).toEqual([]);

  // What was pasted is still there to be mended.
  await dialog.getByRole('button', { name: 'Back' }).click();
  expect(await text.inputValue()).toContain('Their chart');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await ready(page, 'data-table', 'notes');
  expect(await titles()).toEqual(['Elsewhere']);
  const made = await readLayout(page, new URL(page.url()).pathname.replace('/l/', ''));
  expect(Object.keys(made.panels).sort()).toEqual(['notes', 'old', 'table']);
  await context.close();
});
