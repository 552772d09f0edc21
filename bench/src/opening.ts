/** From navigation to all widgets of the demo layout ready, and the JavaScript that view mode downloads. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { signIn, type Visitors } from '../../e2e/harness/browser';
import { median } from './load';

const ROUNDS = 7;

export interface Opening {
  cold: number;
  warm: number;
  /** Gzipped bytes of JavaScript. */
  shell: number;
  remotes: number;
}

export async function opening(visitors: Visitors): Promise<Opening> {
  const cold: number[] = [];
  const warm: number[] = [];
  let bytes = { shell: 0, remotes: 0 };
  for (let i = 0; i < ROUNDS; i++) {
    const { context, page } = await visitors.newcomer();
    await page.addInitScript(noteWhenReady);
    // Signed in on a page without the dashboard, so that the cache is still empty.
    await signIn(page, 'casey', '/healthz');
    const scripts = i === 0 ? collectScripts(page) : undefined;
    await page.goto('/d/sales');
    cold.push(await readyAt(page));
    if (scripts) bytes = await scripts();
    await page.goto('/d/sales');
    warm.push(await readyAt(page));
    await context.close();
  }
  return { cold: median(cold), warm: median(warm), ...bytes };
}

/** Runs in the page: the moment at which every panel that can be seen is ready. */
export function noteWhenReady(): void {
  const look = (): void => {
    const seen = [...document.querySelectorAll<HTMLElement>('.dm-panel')].filter((panel) =>
      panel.checkVisibility({ visibilityProperty: true }),
    );
    if (seen.length > 0 && seen.every((panel) => panel.dataset['state'] === 'ready')) {
      Object.assign(window, { allReady: performance.now() });
      observer.disconnect();
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
}

export async function readyAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => (window as unknown as { allReady?: number }).allReady);
  return (await handle.jsonValue()) ?? Number.NaN;
}

/** Up to the moment at which it is asked: what is fetched ahead when idle comes later, and is not counted. */
function collectScripts(page: Page): () => Promise<{ shell: number; remotes: number }> {
  const scripts: Response[] = [];
  const note = (response: Response): void => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  };
  page.on('response', note);
  return async () => {
    page.off('response', note);
    const sizes = { shell: 0, remotes: 0 };
    for (const script of scripts) {
      const part = new URL(script.url()).pathname.startsWith('/remotes/') ? 'remotes' : 'shell';
      sizes[part] += gzipSync(await script.body()).length;
    }
    return sizes;
  };
}
