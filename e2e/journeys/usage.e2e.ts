/** The dashboard counts its own views; the usage widget shows them. */
import { expect, it } from 'vitest';
import { signIn } from '../harness/browser';
import { panel, ready, words } from '../harness/dashboard';
import { journey } from '../harness/journey';

const here = journey();

it('shows the views of this run: who came, which pages, which widgets', async () => {
  for (const id of ['casey', 'alex'] as const) {
    const { page, context } = await here.visitors.newcomer();
    const reported = page.waitForResponse((response) => response.url().endsWith('/t/events'), { timeout: 60_000 });
    await signIn(page, id, '/d/sales');
    await ready(page, 'data-table', 'series-chart', 'usage');
    expect((await reported).ok()).toBe(true);
    await context.close();
  }
  const { page } = await here.visitors.person('dana', '/d/sales');
  await ready(page, 'usage');
  await expect
    .poll(
      async () => {
        await page.reload();
        await ready(page, 'usage');
        return words(panel(page, 'usage'));
      },
      { timeout: 60_000, interval: 2000 },
    )
    .toMatch(/Visitors\s*[2-9]/);
  const text = await words(panel(page, 'usage'));
  expect(text).toContain('/d/sales');
  expect(text).toMatch(/data-table|Data table/);
});
