/** One dashboard in each reader's language: German without a word of English before it, another one while the page stands, right to left. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { isMarked, mark, panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { picture } from '../harness/pictures';

const here = journey();

/** Every text that the page itself has shown, from its first on. */
const remember = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const shown = new Set<string>();
    Object.assign(globalThis, { shown });
    const note = (node: Node): void => {
      if (node instanceof Text && node.data.trim()) shown.add(node.data.trim());
      else for (const child of node.childNodes) note(child);
    };
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        if (target instanceof Text) note(target);
        for (const node of addedNodes) note(node);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });

const shown = (page: Page): Promise<string[]> => page.evaluate(() => [...(globalThis as unknown as { shown: Set<string> }).shown]);

const root = (page: Page): Promise<string> => page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`);

async function speak(page: Page, typed: string, offered: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  // By where it is, since its name is in either language: a widget's own search box is there before the palette has opened.
  const palette = page.getByRole('dialog');
  await palette.getByRole('combobox').fill(typed);
  await palette.getByRole('option', { name: offered }).first().click();
}

it('is German where the browser is, never English first, and changes while everything stays', async () => {
  const { page, context } = await here.visitors.newcomer({ locale: 'de-AT' });
  await remember(page);
  await signIn(page, 'alex', '/d/sales');
  await ready(page, 'series-chart', 'data-table');
  await page.getByRole('button', { name: 'Bearbeiten' }).waitFor();
  expect(await root(page)).toBe('de ltr');
  expect((await shown(page)).filter((text) => /^(Edit|Share|Save|History|Loading the dashboard|Skip to the panels)$/.test(text))).toEqual(
    [],
  );
  expect(await page.title()).toContain('Data Mesh');
  // Widgets speak as the page does.
  await ready(page, 'date-range');
  await expect.poll(() => words(panel(page, 'data-table'))).toMatch(/\d+ Zeilen/);
  await panel(page, 'date-range').getByRole('button', { name: 'Alles, Der ganze Zeitraum' }).waitFor();
  await panel(page, 'usage').getByRole('tab', { name: 'Übersicht' }).waitFor();
  await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Besucher .* Sitzungen /);
  await tableRow(page, 'IBM').click();
  await panel(page, 'series-chart').getByRole('button', { name: 'Als Tabelle zeigen' }).waitFor();
  await expect.poll(() => words(panel(page, 'series-chart'))).toMatch(/IBM .* monatlich/);

  const told = panel(page, 'data-table').evaluate(
    (frame) =>
      new Promise<string[]>((done) => {
        const widget = [...frame.children].find((child) => 'panel' in child) as unknown as { panel: EventTarget & { language: string } };
        const before = widget.panel.language;
        widget.panel.addEventListener('languagechange', () => done([before, widget.panel.language]), { once: true });
      }),
  );
  await picture(page, 'viewing in German');
  await mark(page, 'data-table');
  await speak(page, 'sprache engl', /English/);
  expect(await told).toEqual(['de-AT', 'en']);
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await expect.poll(() => root(page)).toBe('en ltr');
  expect(await isMarked(page, 'data-table')).toBe(true);
  await expect.poll(() => words(panel(page, 'data-table'))).toMatch(/\d+ rows/);
  await panel(page, 'date-range').getByRole('button', { name: 'All, The whole range' }).waitFor();
  await panel(page, 'usage').getByRole('tab', { name: 'Overview' }).waitFor();
  // What was selected still is, in the other language.
  await panel(page, 'series-chart').getByRole('button', { name: 'Show as table' }).waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await speak(page, 'like the browser', /Language: like the browser/);
  await page.getByRole('button', { name: 'Bearbeiten' }).waitFor();
  await context.close();
});

it('says everything in the other language at once, what a list has drawn before as well', async () => {
  const { page, context } = await here.visitors.person('alex', '/layouts');
  const card = page.getByRole('row', { name: /Markets morning/ });
  await card.getByText('pinned by Sales').waitFor();
  await speak(page, 'language deutsch', /Deutsch/);
  await card.getByText('angeheftet von Sales').waitFor();
  await card.getByText(/^geändert /).waitFor();

  await page.goto('/d/sales');
  await page.getByRole('button', { name: 'Bearbeiten' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: /Dieses Layout bearbeiten/ }).waitFor();
  // Another tab speaks English again, while the list of commands stands here.
  const other = await context.newPage();
  await other.goto('/layouts');
  await other.getByRole('row', { name: /Markets morning/ }).waitFor();
  await speak(other, 'sprache engl', /English/);
  await page.getByRole('option', { name: /Edit this layout/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // Lists of layouts, and what the tracker does not tell, in German from the start.
  await other.getByRole('button', { name: 'New layout' }).waitFor();
  await speak(other, 'language deutsch', /Deutsch/);
  await page.getByRole('button', { name: 'Bearbeiten' }).waitFor();
  await speak(page, 'layout öffnen', /Layout öffnen/);
  await page.getByRole('option', { name: /Markets morning.*angeheftet von Sales · von .* · aktualisiert/ }).waitFor();
  await context.close();
});
