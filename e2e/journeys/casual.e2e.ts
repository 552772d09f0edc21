/** The casual user opens the department's layout: content first, nothing to edit with, everything by keyboard. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { edit, panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';

const here = journey();
const ALL = ['data-table', 'series-chart', 'date-range', 'usage'];

/** Paths of the scripts and styles of the dashboard itself that a page asks for from now on. */
function assetsOf(page: Page): Set<string> {
  const seen = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    // A font comes with the first text that is written in it, whoever looks.
    if (/^\/assets\/.*\.(mjs|css)$/.test(pathname)) seen.add(pathname);
  });
  return seen;
}

describe('/d/sales for somebody who only looks', () => {
  it('shows the pinned layout without anything to edit it with', async () => {
    const { page, context } = await here.visitors.person('casey', '/d/sales');
    await ready(page, ...ALL);
    await page.getByRole('heading', { name: 'Markets morning' }).waitFor();
    for (const name of [/^Edit$/, /^Save/, /^Add/, /Undo/, /Redo/, /settings/i, /close/i])
      expect(await page.getByRole('button', { name }).filter({ visible: true }).count(), String(name)).toBe(0);
    const share = await page.evaluate(() => {
      const area = [...document.querySelectorAll('section.dm-panel')]
        .map((element) => element.getBoundingClientRect())
        .filter(({ width }) => width > 0);
      return area.reduce((sum, { width, height }) => sum + width * height, 0) / (innerWidth * innerHeight);
    });
    expect(share).toBeGreaterThan(0.8);
    await context.close();
  });

  it('downloads no code of the editor', async () => {
    const editor = await here.visitors.person('alex', '/d/sales');
    await ready(editor.page, ...ALL);
    const onlyForEditing = assetsOf(editor.page);
    await edit(editor.page);
    await editor.page.getByRole('button', { name: 'Add widget' }).click();
    await editor.page.getByRole('complementary', { name: 'Add a widget' }).waitFor();
    await editor.context.close();
    expect([...onlyForEditing].filter((path) => path.endsWith('.mjs')).length).toBeGreaterThan(1);

    const { page, context } = await here.visitors.newcomer();
    const downloaded = assetsOf(page);
    await page.goto('/api/v1/session/sign-in?return_to=/d/sales');
    await page.getByRole('button', { name: /Casey Brooks/ }).click();
    await ready(page, ...ALL);
    await page.getByRole('tab', { name: 'Notes' }).click();
    await ready(page, 'notes');
    expect(downloaded.size).toBeGreaterThan(0);
    expect([...downloaded].filter((path) => onlyForEditing.has(path))).toEqual([]);
    await context.close();
  });

  it('asks for all that its widgets need at once, and for nothing else before it has that', async () => {
    const { page, context } = await here.visitors.person('casey', '/layouts');
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).pathname.replace(/^.*\//, '')));
    // The page before asks on until this one takes its place.
    page.once('framenavigated', () => asked.clear());
    let answer = () => {};
    const entries = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/remoteEntry.mjs', async (route) => {
      await entries;
      await route.continue();
    });
    await page.goto('/d/sales');
    await expect.poll(() => [...asked].filter((name) => name.startsWith('__federation_expose_widget')).length).toBe(ALL.length);
    expect([...asked].filter((name) => ['events', 'access-requests', 'resolve'].includes(name))).toEqual([]);
    answer();
    await ready(page, ...ALL);
    await expect.poll(() => asked.has('events')).toBe(true);
    const first = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.includes('/pins/sales?include='))
        .map(({ initiatorType }) => initiatorType),
    );
    expect(first, 'asked once, by the page itself').toEqual(['link']);
    await context.close();
  });

  it('lets the keyboard reach every panel of every stack', async () => {
    const { page, context } = await here.visitors.person('casey', '/d/sales');
    await ready(page, ...ALL);
    const wanted = new Set(
      await page.locator('section.dm-panel').evaluateAll((frames) => frames.map((frame) => (frame as HTMLElement).dataset['panel'] ?? '')),
    );
    // The dashboard's own; widgets have tabs too, in their shadow roots.
    const stacked = await page.evaluate(() => document.querySelectorAll('[role="tab"]').length);
    expect(stacked).toBe(2);
    const reached = new Set<string>();
    for (let presses = 0; presses < 240 && reached.size < wanted.size; presses++) {
      await page.keyboard.press('Tab');
      const onTab = await page.evaluate(() => document.activeElement?.getAttribute('role') === 'tab');
      if (onTab) {
        for (let i = 0; i < stacked; i++) {
          const name = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
          await page.getByRole('tab', { name, selected: true }).waitFor();
          const shown = await page.evaluate(() => {
            const tab = document.activeElement;
            const controlled = document.getElementById(tab?.getAttribute('aria-controls') ?? '');
            const frame = controlled?.closest('section.dm-panel') ?? controlled?.querySelector('section.dm-panel');
            return frame instanceof HTMLElement && frame.getBoundingClientRect().width > 0 ? (frame.dataset['panel'] ?? '') : '';
          });
          if (shown) reached.add(shown);
          await page.keyboard.press('ArrowRight');
        }
        continue;
      }
      const inside = await page.evaluate(() => {
        const frame = document.activeElement?.closest('section.dm-panel');
        return frame instanceof HTMLElement ? (frame.dataset['panel'] ?? '') : '';
      });
      if (inside) reached.add(inside);
    }
    expect([...reached].sort()).toEqual([...wanted].sort());
    await context.close();
  });

  it('keeps what a viewer changes for that viewer alone, until it is taken back', async () => {
    const { page, context } = await here.visitors.person('casey', '/d/sales');
    await openNotes(page);
    await panel(page, 'notes').getByRole('region').dblclick();
    await panel(page, 'notes').getByLabel('Note, in Markdown').fill('only mine');
    const kept = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.url().endsWith('/mine'));
    await page.keyboard.press('Escape');
    expect((await kept).status()).toBe(200);
    await page.reload();
    await openNotes(page);
    await expect.poll(() => words(panel(page, 'notes'))).toContain('only mine');

    const other = await here.visitors.person('alex', '/d/sales');
    await openNotes(other.page);
    expect(await words(panel(other.page, 'notes'))).not.toContain('only mine');
    await other.context.close();

    await page.getByRole('button', { name: 'Reset my settings' }).click();
    await expect.poll(() => words(panel(page, 'notes'))).not.toContain('only mine');
    await context.close();
  });
});

async function openNotes(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Notes' }).click();
  await ready(page, 'notes');
}
