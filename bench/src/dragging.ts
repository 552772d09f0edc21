/** A splitter between live charts, dragged to and fro: how long the frames take. */
import type { Visitors } from '../../e2e/harness/browser';
import { p95 } from './load';
import { createLayout } from './switching';

const MOVES = 120;

export async function dragging(visitors: Visitors): Promise<{ p95: number; frames: number }> {
  const { context, page } = await visitors.person('alex', '/d/sales');
  const id = await createLayout(page, 'Twenty charts', ['series-chart@stable'], { symbol: 'AAPL' });
  await page.goto(`/l/${id}`);
  await page.waitForFunction(drawnCharts, 20);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  // Through all rows: every panel gets another height.
  const splitter = page.locator('.lm_splitter.lm_vertical').nth(1);
  const box = await splitter.boundingBox();
  if (!box) throw new Error('there is no splitter');
  const at = { x: box.x + box.width / 3, y: box.y + box.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.evaluate(noteFrames);
  for (let move = 0; move < MOVES; move++) await page.mouse.move(at.x, at.y + 100 * Math.sin((move / MOVES) * 4 * Math.PI));
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await context.close();
  const whole = frames.slice(1);
  return { p95: p95(whole), frames: whole.length };
}

/** Runs in the page: whether as many charts have something drawn. A widget that is ready may still wait for its figures. */
const drawnCharts = (count: number): boolean =>
  [...document.querySelectorAll('.dm-panel[data-state="ready"] > :first-child')].filter(
    ({ shadowRoot }) => shadowRoot?.querySelector('canvas')?.checkVisibility() && (shadowRoot.querySelector('canvas')?.width ?? 0) > 0,
  ).length === count;

/** Runs in the page: milliseconds from frame to frame. */
function noteFrames(): void {
  const frames: number[] = [];
  Object.assign(window, { frames });
  let before = performance.now();
  const next = (now: number): void => {
    frames.push(now - before);
    before = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
