/** What axe finds on a page, shadow roots included: WCAG 2.2 A and AA, and the practices that it calls best. */
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations'],
};

/**
 * Levels of headings that are jumped over, without what panels show: their own headings come when they like, and what is in order
 * with them must be so before.
 */
export const skippedHeadings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(
      (heading) => !heading.closest('.dm-stack') && heading.checkVisibility(),
    );
    const levels = headings.map((heading) => Number(heading.tagName[1]));
    return headings
      .filter((_, index) => index > 0 && (levels[index] ?? 0) > (levels[index - 1] ?? 0) + 1)
      .map((heading) => `${heading.tagName} ${heading.textContent}`);
  });

/** One line for each element and rule that it breaks; empty when all is well. */
export async function findings(page: Page): Promise<string[]> {
  // Whatever fades is judged by what it becomes; what changed just now begins to fade with the next frame.
  await page.evaluate(async () => {
    await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
    const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(context: Document, options: unknown): Promise<AxeResults> } }).axe.run(document, options),
    OPTIONS,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' >> ')} – ${failureSummary?.split('\n')[1]?.trim()}`),
  );
}
