/** All components of the page, in all their states, in both themes, in every language and for whom a window is narrow. */
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findings } from '../harness/axe';
import { DESK, PHONE, type ServedGallery, serveGallery } from '../harness/gallery';

const THEMES = ['light', 'dark'] as const;
/** The page's languages, English in accents and a third longer, and that from right to left. */
const LANGUAGES = ['en', 'de', 'en-XA', 'ar-XB'];

let gallery: ServedGallery;
beforeAll(async () => {
  gallery = await serveGallery();
});
afterEach(() => expect(gallery?.visitors.watch.take() ?? []).toEqual([]));
afterAll(() => gallery?.close());

async function open(language: string, theme: string, viewport = DESK): Promise<Page> {
  const { page } = await gallery.visitors.newcomer({ viewport });
  await page.addInitScript(
    ([spoken, chosen]) => {
      localStorage.setItem('dm.language', spoken ?? '');
      localStorage.setItem('dm.theme', chosen ?? '');
    },
    [language, theme],
  );
  page.setDefaultTimeout(20_000);
  await page.goto('/development/gallery');
  await page.locator('[data-specimen="workspace"] .dm-panel[data-state="failed"]').first().waitFor();
  // What banners say comes a moment later than the page.
  await page.waitForFunction(() => [...document.querySelectorAll('[data-specimen] .banners')].every((one) => one.querySelector('.banner')));
  // Words are as wide as the font that they are written in.
  await page.evaluate(async () => void (await document.fonts.ready));
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset['theme']])).toEqual([language, theme]);
  return page;
}

/** Specimens that are wider than what is there for them, and the first thing in them that is. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = [...document.querySelectorAll<HTMLElement>('[data-specimen]')].flatMap((specimen) => {
      const room = specimen.getBoundingClientRect();
      const sticksOut = [...specimen.querySelectorAll<HTMLElement>('*')].find((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        if (width === 0 || (left >= room.left - 1 && right <= room.right + 1)) return false;
        // What scrolls or is cut on purpose, and what only a screen reader is told.
        for (let around = element.parentElement; around && around !== specimen; around = around.parentElement)
          if (getComputedStyle(around).overflowX !== 'visible') return false;
        return getComputedStyle(element).position !== 'fixed';
      });
      return sticksOut ? [`${specimen.dataset['specimen']}: ${sticksOut.outerHTML.slice(0, 120)}`] : [];
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...found, `the page: ${scrollWidth} of ${clientWidth}`] : found;
  });

/** Buttons whose words do not fit. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-specimen] :is(.button, .dm-button, .dm-link, .link)')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map(({ textContent }) => String(textContent)),
  );

/** Things that are pressed or typed into, made to look as if the pointer or the focus were on all of them. */
class Controls {
  private constructor(
    private readonly page: Page,
    private readonly selector: string,
    private readonly session: CDPSession,
    private readonly ids: readonly number[],
  ) {}

  static async of(page: Page, selector: string): Promise<Controls> {
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root } = await session.send('DOM.getDocument');
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
    return new Controls(page, selector, session, nodeIds);
  }

  get count(): number {
    return this.ids.length;
  }

  async force(forcedPseudoClasses: string[]): Promise<void> {
    for (const nodeId of this.ids) await this.session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
  }

  /** What of the looks of each is there to show the focus; of a field in a frame of its own that is the frame's. */
  looks(): Promise<{ of: string; look: string }[]> {
    return this.page.evaluate(
      (selector) =>
        [...document.querySelectorAll<HTMLElement>(selector)].map((element) => {
          const around = [element, element.parentElement, (element as HTMLInputElement).labels?.[0]].flatMap((one) =>
            one ? [getComputedStyle(one)] : [],
          );
          const look = around.map(({ outline, boxShadow, borderColor, backgroundColor }) => [
            outline,
            boxShadow,
            borderColor,
            backgroundColor,
          ]);
          return { of: element.outerHTML.slice(0, 120), look: JSON.stringify(look) };
        }),
      this.selector,
    );
  }
}

describe.each(THEMES)('in the %s theme', (theme) => {
  it('has every state, and nothing that axe finds', async () => {
    const page = await open('en', theme);
    expect(await page.locator('[data-specimen]').count()).toBeGreaterThan(50);
    expect(await findings(page)).toEqual([]);
    await page.locator('[data-specimen="menu"]').getByRole('button').click();
    await page.getByRole('menuitemradio', { name: 'Light' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  it('is legible under the pointer, and shows where the focus is', async () => {
    const page = await open('en', theme);
    const controls = await Controls.of(page, '[data-specimen] :is(button, a[href], input, select, textarea, [tabindex="0"]):enabled');
    expect(controls.count).toBeGreaterThan(100);
    const without = await controls.looks();
    await controls.force(['hover']);
    expect((await controls.looks()).some(({ look }, i) => look !== without[i]?.look)).toBe(true);
    expect(await findings(page)).toEqual([]);
    await controls.force(['focus', 'focus-visible', 'focus-within']);
    const focused = await controls.looks();
    expect(focused.filter(({ look }, i) => look === without[i]?.look).map(({ of }) => of)).toEqual([]);
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  it('opens each dialog within a phone', async () => {
    const page = await open('en-XA', theme, PHONE);
    for (const kind of ['rename', 'name', 'delete', 'delete-for-ever', 'keys']) {
      await page.locator('[data-specimen="dialogs"]').getByRole('button', { name: kind, exact: true }).click();
      const dialog = page.locator('.dialog');
      await dialog.waitFor();
      expect(await findings(page), kind).toEqual([]);
      const { x = -1, width = 0 } = (await dialog.boundingBox()) ?? {};
      expect(x, kind).toBeGreaterThanOrEqual(0);
      expect(x + width, kind).toBeLessThanOrEqual(PHONE.width);
      expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), kind).toBeLessThanOrEqual(0);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    await page.context().close();
  });

  it.each(LANGUAGES)('fits a phone in %s', async (language) => {
    const page = await open(language, theme, PHONE);
    expect({ tooWide: await tooWide(page), cut: await cut(page) }).toEqual({ tooWide: [], cut: [] });
    await page.context().close();
  });
});
