/** The whole system goes away under an open page, for minutes, and comes back: one goes on reading, is asked nothing, and loses nothing. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { isMarked, mark, panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { Stack } from '../harness/stack';
import { Tracked } from '../harness/tracked';

const here = journey();

const offline = (page: Page) => page.locator('output.connection').getByText(/^Offline/);
/** What stands in front of the layout or calls for attention, in its words. Within its own shadow root a widget says what it misses. */
const inTheWay = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('dialog[open], [role="dialog"], [role="alertdialog"], [role="alert"], .toast')]
      .filter((element) => element.checkVisibility() && element.innerText.trim() !== '')
      .map(({ innerText }) => innerText),
  );

async function write(page: Page, note: string): Promise<void> {
  await panel(page, 'notes').getByRole('region').dblclick();
  await panel(page, 'notes').getByLabel('Note, in Markdown').fill(note);
  await page.keyboard.press('Escape');
}

it('goes on for five minutes without registry, tracker and edge, and catches up by itself', async () => {
  const { page, context } = await here.visitors.newcomer();
  await page.clock.install({ time: Date.now() });
  await page.goto('/api/v1/session/sign-in?return_to=/d/sales');
  await page.getByRole('button', { name: /Casey Brooks/ }).click();
  await ready(page, 'data-table', 'series-chart', 'usage');
  await expect.poll(() => words(panel(page, 'usage'))).toContain('Visitors');
  await page.getByRole('tab', { name: 'Notes' }).click();
  await ready(page, 'notes');
  await mark(page, 'data-table');

  here.visitors.watch.expect(/net::ERR_/, /status of 50[234]/);
  await here.stack.stop({ keepData: true });
  await offline(page).waitFor();
  const began = await page.evaluate(() => Date.now());
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  await write(page, 'written *while* all was away');
  // As minutes pass, whatever waits has its turn, and pauses have become as long as they get.
  for (let minute = 0; minute < 5; minute++) {
    await page.clock.fastForward(60_000);
    await expect.poll(() => offline(page).count()).toBe(1);
  }
  expect(await words(panel(page, 'notes'))).toContain('written while all was away');
  // Figures stay, and say of when they are: also behind another tab, where they have no width, and in a narrower window.
  await page.getByRole('tab', { name: 'Usage' }).click();
  await page.setViewportSize({ width: 900, height: 900 });
  await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Visitors .* As of \d{1,2}:\d{2}.*, and not updated since/);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('tab', { name: 'Notes' }).click();
  expect(await inTheWay(page)).toEqual([]);
  expect(await isMarked(page, 'data-table')).toBe(true);

  const kept = page.waitForResponse(
    (response) => response.request().method() === 'PATCH' && response.url().endsWith('/mine') && response.ok(),
  );
  const again = await Stack.start({ again: here.stack });
  try {
    // No longer than a person would wait for it: pauses end within half a minute.
    await page.clock.fastForward(30_000);
    await offline(page).waitFor({ state: 'detached' });
    expect(await isMarked(page, 'data-table')).toBe(true);
    expect(await inTheWay(page)).toEqual([]);
    await tableRow(page, 'MSFT').click();
    await expect.poll(() => words(panel(page, 'series-chart'))).toContain('MSFT');
    // What was looked at in between is counted, and when it was.
    const tracked = new Tracked(again, context, 'dashboard');
    await expect.poll(async () => (await tracked.records('/d/sales')).some(({ ts }) => ts > began && ts < began + 300_000)).toBe(true);
    await kept;
    await page.reload();
    await page.getByRole('tab', { name: 'Notes' }).click();
    await expect.poll(() => words(panel(page, 'notes'))).toContain('written while all was away');
  } finally {
    await again.stop({ keepData: true });
  }
});
