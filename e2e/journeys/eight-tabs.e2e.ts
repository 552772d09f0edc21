/** Eight tabs of one browser: HTTP/1.1 allows six connections to an origin, and none of the tabs may starve. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { publishAndPromote, release } from '../harness/publishing';

const here = journey();
const TABS = 8;

it('keeps eight tabs live at once', async () => {
  const { page, context } = await here.visitors.person('casey', '/d/sales');
  const tabs: Page[] = [page];
  for (let i = 1; i < TABS; i++) {
    const tab = await context.newPage();
    await tab.goto('/d/sales');
    tabs.push(tab);
  }
  for (const tab of tabs) await ready(tab, 'data-table', 'series-chart', 'date-range');

  await publishAndPromote(here.stack, await release('date-range', '8.0.0'));
  await Promise.all(tabs.map((tab) => expect.poll(() => panel(tab, 'date-range').getAttribute('data-version')).toBe('8.0.0')));

  // The tab that holds the one stream for all goes away: another takes over.
  await page.close();
  await publishAndPromote(here.stack, await release('date-range', '8.1.0'));
  const left = tabs.slice(1);
  await Promise.all(left.map((tab) => expect.poll(() => panel(tab, 'date-range').getAttribute('data-version')).toBe('8.1.0')));
  for (const tab of left) {
    await tab.bringToFront();
    await tableRow(tab, 'MSFT').click();
    await expect.poll(() => words(panel(tab, 'series-chart'))).toMatch(/Microsoft|MSFT/);
  }
});
