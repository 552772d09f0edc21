/** A remote's files are changed on the way to the browser: nothing of it runs, its panel says so, the rest works. */
import { beforeAll, describe, expect, it } from 'vitest';
import { panel, ready, tableRow, words } from '../harness/dashboard';
import { journey } from '../harness/journey';

const here = journey({ proxied: true });
const EVIL = '\n;document.documentElement.dataset.tampered = "ran";';

beforeAll(() => {
  here.visitors.watch.expect(/integrity/i, /Failed to fetch dynamically imported module/, /series-chart/);
});

describe.each([
  ['its entry', /\/series-chart\/.*remoteEntry\.mjs$/],
  ['every file but its entry', /\/series-chart\/.*(?<!remoteEntry)\.mjs$/],
])('with %s changed', (_what, files) => {
  it('runs nothing of it, says so in its panel, and the rest works', async () => {
    const { proxy } = here.stack;
    let changed = 0;
    if (proxy)
      proxy.tamper = (path, body) => {
        if (!files.test(path.split('?')[0] ?? '')) return body;
        changed += 1;
        return Buffer.concat([body, Buffer.from(EVIL)]);
      };
    const { page, context } = await here.visitors.person('casey', '/d/sales');
    const refused = page.locator('section.dm-panel[data-state="failed"]');
    await refused.waitFor();
    expect(changed).toBeGreaterThan(0);
    expect(await refused.getAttribute('data-widget')).toBe('series-chart');
    await expect.poll(() => words(refused)).toMatch(/integrity|changed on the way|refused|did not load|hash/i);
    expect(await page.evaluate(() => document.documentElement.dataset['tampered'])).toBeUndefined();

    await ready(page, 'data-table', 'date-range');
    await tableRow(page, 'AAPL').click();
    await expect.poll(() => tableRow(page, 'AAPL').getAttribute('aria-selected')).toBe('true');

    if (proxy) proxy.tamper = null;
    // Each attempt replaces the damaged copy that it meets in the browser's cache; there may be several.
    const chart = page.locator('section.dm-panel[data-widget="series-chart"]');
    const again = chart.getByRole('button', { name: 'Try again' });
    for (let attempt = 0; attempt < 4 && (await chart.getAttribute('data-state')) !== 'ready'; attempt++) {
      await again.click();
      await expect.poll(() => chart.getAttribute('data-state')).toMatch(/ready|failed/);
    }
    expect(await panel(page, 'series-chart').getAttribute('data-state')).toBe('ready');
    expect(await page.evaluate(() => document.documentElement.dataset['tampered'])).toBeUndefined();
    await context.close();
  });
});
