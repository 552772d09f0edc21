/** Whether what is on a page stands within its window. */
import type { Page } from 'playwright-core';

/** Nobody has to scroll it sideways. */
export const isWithin = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** Classes of what the selector finds beyond the right edge. */
export const beyondTheEdge = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate(
    (what) =>
      [...document.querySelectorAll(what)]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => String(one.getAttribute('class'))),
    selector,
  );
