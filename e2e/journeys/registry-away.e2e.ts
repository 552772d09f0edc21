/** The registry goes away while a page is open: the page goes on working, says so, and catches up afterwards. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { publishAndPromote, release } from '../harness/publishing';

const here = journey({ proxied: true });

it('goes on working without the registry, and hears what it missed when it is back', async () => {
  const { page } = await here.visitors.newcomer();
  const hidden = filesOf(page, 'notes');
  await signIn(page, 'casey', '/d/sales');
  await ready(page, 'data-table', 'series-chart');
  const before = await panel(page, 'date-range').getAttribute('data-version');

  await expect.poll(() => hidden.complete()).toBe(true);

  here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
  await here.stack.proxy?.stop();
  await page
    .getByText(/Offline/)
    .first()
    .waitFor();
  await tableRow(page, 'IBM').click();
  await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
  // Never shown so far, fetched while nothing else was to do.
  await page.getByRole('tab', { name: 'Notes' }).click();
  await ready(page, 'notes');

  // Published while this page could not hear it: straight to the registry, past the proxy.
  const packed = await release('date-range', '9.0.0');
  await publishAndPromote(here.stack, packed, here.stack.registryUrl);
  await here.stack.proxy?.comeBack();
  await expect.poll(() => panel(page, 'date-range').getAttribute('data-version')).toBe('9.0.0');
  expect(before).not.toBe('9.0.0');
  await expect.poll(() => page.getByText(/Offline/).count()).toBe(0);
});

/** Whether the code of a widget has come, all of it that it needs to begin. */
function filesOf(page: Page, widget: string): { complete(): boolean } {
  const mine = (url: string): boolean => url.includes(`/remotes/${widget}/`);
  const underWay = new Set<string>();
  const come = new Set<string>();
  page.on('request', (request) => mine(request.url()) && underWay.add(request.url()));
  page.on('requestfinished', (request) => {
    if (underWay.delete(request.url())) come.add(request.url());
  });
  return { complete: () => underWay.size === 0 && [...come].some((url) => url.includes('__federation_expose')) };
}
