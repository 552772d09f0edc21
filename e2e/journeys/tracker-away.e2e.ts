/** The tracker alone hangs, is ended and comes back: nobody who reads is in its way, and figures fill in by themselves. */
import { expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { inBothThemes } from '../harness/themes';
import { Tracked } from '../harness/tracked';

const here = journey();

it.runIf(process.platform === 'linux')(
  'is missed by nothing but its own widget, also by a page that is loaded while it is away',
  async () => {
    const { page, context } = await here.visitors.newcomer();
    await signIn(page, 'casey', '/d/sales');
    await ready(page, 'data-table', 'series-chart', 'usage');
    await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Visitors\s*\d/);

    here.visitors.watch.expect(/status of 50[234]/, /net::ERR_/);
    const goOn = await here.stack.hang('tracker');
    const began = Date.now();
    try {
      await page.reload();
      await ready(page, 'data-table', 'series-chart');
      await tableRow(page, 'IBM').click();
      await expect.poll(() => words(panel(page, 'series-chart'))).toContain('IBM');
      await expect.poll(() => words(panel(page, 'usage'))).toMatch(/longer than usual|not updated|could not be loaded|does not answer/i);
      expect(await page.getByRole('alertdialog').count()).toBe(0);
      await page.setViewportSize({ width: 390, height: 844 });
      await inBothThemes(page, 'tracker away');
      await page.setViewportSize({ width: 1440, height: 900 });
    } finally {
      // What hangs is ended and started anew by whoever started it.
      goOn();
    }
    await expect.poll(() => words(panel(page, 'usage'))).toMatch(/Visitors\s*\d/);
    // The view of meanwhile is counted.
    const tracked = new Tracked(here.stack, context, 'dashboard');
    await expect.poll(async () => (await tracked.records('/d/sales')).some(({ ts }) => ts >= began)).toBe(true);
    await context.close();
  },
);
