/** All components of the page, in all their states, in both themes, in every language and for whom a window is narrow. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HttpService } from '@datamesh/service';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDevelopmentApp } from '../../host/server/development/app';
import { Builds } from '../../host/server/development/builds';
import { edgeOptions } from '../../host/server/edge.harness';
import { refuse } from '../../host/server/gates';
import { freePort } from '../../tools/test-servers/process';
import { findings } from '../harness/axe';
import { Visitors } from '../harness/browser';

const ROOT = join(import.meta.dirname, '../..');
const THEMES = ['light', 'dark'] as const;
/** The page's languages, English in accents and a third longer, and that from right to left. */
const LANGUAGES = ['en', 'de', 'en-XA', 'ar-XB'];
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

let folder: string;
let service: HttpService;
let visitors: Visitors;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'datamesh-gallery-'));
  // As `npm run dev` builds it, once.
  await promisify(execFile)(process.execPath, ['node_modules/@rspack/cli/bin/rspack.js', 'build', '-c', 'host/development.config.ts'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development', DEVELOPMENT_BUILT: folder },
  });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const base = { ...(await edgeOptions()), publicUrl: new URL(url) };
  const page = join(folder, 'host/dist');
  const builds = new Builds(join(folder, 'state'), page, base.log);
  await builds.follow();
  service = new HttpService({ handle: createDevelopmentApp(base, builds, page), refuse });
  await service.listen(port, '127.0.0.1');
  visitors = await Visitors.open({ url });
});
afterEach(() => expect(visitors?.watch.take() ?? []).toEqual([]));
afterAll(async () => {
  await visitors?.close();
  await service?.stop({ grace: 0 });
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function open(language: string, theme: string, viewport = DESK): Promise<Page> {
  const { page } = await visitors.newcomer({ viewport });
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
