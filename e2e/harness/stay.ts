import { expect } from 'vitest';
import type { Tab } from './devtools';

/** How long a page was looked at: surely as long as `least`, surely no longer than `most`. */
export class Stay {
  least = 0;
  most = 0;
  #early = 0;
  #late = 0;

  async begins<T>(show: () => Promise<T>): Promise<T> {
    this.#early = performance.now();
    const shown = await show();
    this.#late = performance.now();
    return shown;
  }

  async ends(tab: Tab, after: number, hide: () => Promise<void>): Promise<void> {
    await tab.until(`document.visibilityState === 'visible'`);
    this.#late = Math.max(this.#late, performance.now());
    await new Promise((resolve) => setTimeout(resolve, after));
    this.least += performance.now() - this.#late;
    await hide();
    this.most += performance.now() - this.#early;
  }

  /** As soon as all of it was told: a part may be told before. */
  async holds(events: () => { dwell_ms?: number }[]): Promise<void> {
    const sum = (): number => events().reduce((total, { dwell_ms = 0 }) => total + dwell_ms, 0);
    await expect.poll(sum).toBeGreaterThan(this.least - 5);
    expect(sum()).toBeLessThan(this.most + 5);
  }
}
