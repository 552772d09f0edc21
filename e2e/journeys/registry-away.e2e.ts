/** The registry goes away while a page is open: the page goes on working, says so, and catches up afterwards. */
import { expect, it } from 'vitest';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { publishAndPromote, release } from '../harness/publishing';

const here = journey({ proxied: true });

it('goes on working without the registry, and hears what it missed when it is back', async () => {
  const { page } = await here.visitors.person('casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  const before = await panel(page, 'date-range').getAttribute('data-version');

  here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/, /Failed to fetch dynamically imported module/, /notes/);
  await here.stack.proxy?.stop();
  await page
    .getByText(/Offline/)
    .first()
    .waitFor();
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  // What was never loaded cannot be now: its panel says so, and only it.
  await page.getByRole('tab', { name: 'Notes' }).click();
  const notes = page.locator('section.dm-panel[data-widget="notes"]');
  await expect.poll(() => notes.getAttribute('data-state')).toBe('failed');

  // Published while this page could not hear it: straight to the registry, past the proxy.
  const packed = await release('date-range', '9.0.0');
  await publishAndPromote(here.stack, packed, here.stack.registryUrl);
  await here.stack.proxy?.comeBack();
  await expect.poll(() => panel(page, 'date-range').getAttribute('data-version'), { timeout: 60_000 }).toBe('9.0.0');
  expect(before).not.toBe('9.0.0');
  await expect.poll(() => page.getByText(/Offline/).count()).toBe(0);
  if ((await notes.getAttribute('data-state')) === 'failed') await notes.getByRole('button', { name: 'Try again' }).click();
  await ready(page, 'notes');
});
