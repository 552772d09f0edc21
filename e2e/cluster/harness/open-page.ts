/** A page that somebody has open while everything happens: which versions of a widget it showed, and when. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Visitors } from '../../harness/browser';
import { createLayout } from '../../harness/layouts';

export interface Shown {
  version: string;
  /** Milliseconds since the epoch: the page runs on this machine. */
  at: number;
}

export class OpenPage {
  private constructor(
    private readonly page: Page,
    private readonly loadedAt: number,
  ) {}

  static async open(visitors: Visitors, widget: string): Promise<OpenPage> {
    const { page } = await visitors.person('alex');
    const id = await createLayout(page, {
      title: 'Open all the time',
      tree: { type: 'stack', active: 0, panels: ['following'] },
      panels: { following: { widget: `${widget}@stable`, title: 'Following', settings: { text: 'stays' } } },
    });
    await page.goto(`/l/${id}`);
    await page.locator('[data-panel="following"][data-state="ready"]').waitFor({ timeout: 60_000 });
    await page.evaluate(() => {
      const panel = document.querySelector('[data-panel="following"]');
      const shown: { version: string; at: number }[] = [];
      const look = () => {
        const { version, state } = (panel as HTMLElement).dataset;
        if (version && state === 'ready' && shown.at(-1)?.version !== version) shown.push({ version, at: Date.now() });
      };
      look();
      new MutationObserver(look).observe(panel as Node, { attributes: true });
      (window as unknown as { shown: unknown }).shown = shown;
    });
    return new OpenPage(page, await page.evaluate(() => performance.timeOrigin));
  }

  /** Every version that was ready to use in the panel, in order. */
  history(): Promise<Shown[]> {
    return this.page.evaluate(() => (window as unknown as { shown: Shown[] }).shown);
  }

  /** Until it shows the version. -> when it began to */
  async shows(version: string): Promise<number> {
    await expect.poll(async () => (await this.history()).at(-1)?.version).toBe(version);
    return (await this.history()).at(-1)?.at ?? 0;
  }

  /** It was never loaded anew. */
  async isTheSame(): Promise<boolean> {
    return (await this.page.evaluate(() => performance.timeOrigin)) === this.loadedAt;
  }
}
