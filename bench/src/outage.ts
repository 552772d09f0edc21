/** A page that the service worker answers while the edge is away, against one that comes warm from the edge; and what the worker costs that one. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { signIn, Visitors } from '../../e2e/harness/browser';
import { Stack } from '../../e2e/harness/stack';
import { median } from './load';
import { noteWhenReady, readyAt } from './opening';

const TURNS = 3;
/** In each turn. */
export const LOADS = 7;

export interface Outage {
  away: number;
  warm: number;
  /** Warm, in a browser that has no service workers. */
  without: number;
}

export async function outage(): Promise<Outage> {
  const first = await Stack.start({ fresh: true });
  let stack = first;
  const visitors = await Visitors.open(first);
  const times = { away: [] as number[], warm: [] as number[], without: [] as number[] };
  try {
    const page = await viewer(visitors, 'allow');
    const bare = await viewer(visitors, 'block');
    // A promise is something to waitForFunction, whatever it comes to.
    while (!(await page.evaluate(seenAndWorking))) await pause(100);
    for (let turn = 0; turn < TURNS; turn++) {
      for (let i = 0; i < LOADS; i++) {
        times.warm.push(await load(page));
        times.without.push(await load(bare));
      }
      await stack.stop({ keepData: true });
      for (let i = 0; i < LOADS; i++) times.away.push(await load(page));
      stack = await Stack.start({ again: first });
      // Services that have just started have nothing warm.
      for (let i = 0; i < 2; i++) for (const one of [page, bare]) await load(one);
    }
  } finally {
    await visitors.close();
    await stack.stop({ keepData: true });
    await first.stop();
  }
  return { away: median(times.away), warm: median(times.warm), without: median(times.without) };
}

async function viewer(visitors: Visitors, serviceWorkers: 'allow' | 'block'): Promise<Page> {
  const { page } = await visitors.newcomer({ serviceWorkers });
  await page.addInitScript(noteWhenReady);
  await signIn(page, 'casey', '/d/sales');
  await readyAt(page);
  return page;
}

async function load(page: Page): Promise<number> {
  await page.goto('/d/sales');
  return readyAt(page);
}

/** Runs in the page: whether it would come without the edge as well. */
async function seenAndWorking(): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(registration?.active) && (await caches.keys()).some((name) => name.startsWith('dm.last-seen.'));
}
