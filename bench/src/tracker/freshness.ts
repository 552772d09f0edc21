/** How long it takes from a pixel to the first answer that has it. */

import { PUBLIC_URL, startRegistry } from '../../../tracker/src/testing/tracker';
import { BROWSER } from '../pixels';
import { startService } from '../service';
import { type Timing, timingOf } from './timing';

const POLL = 50;
const TIMEOUT_MS = 60_000;
const SITES = JSON.stringify([{ id: 'bench', title: 'Bench', identity: 'daily', origins: [], departments: ['*'] }]);

export interface Freshness {
  /** Milliseconds from sending the pixel to the answer. */
  live: Timing;
  summary: Timing;
}

/** `settings`: which sinks and which engine, when not DuckDB. */
export async function freshness(pixels: number, settings: Record<string, string> = {}): Promise<Freshness> {
  const registry = await startRegistry();
  const tracker = await startService('tracker/dist/main.mjs', { SITES, PUBLIC_URL, REGISTRY_URL: registry.url, ...settings });
  try {
    // For longer than this may take: in the product the edge renews it.
    const token = await registry.token({ roles: ['admin'] }, { expires: '2h' });
    const ask = async <T>(question: string): Promise<T> => {
      const answer = await fetch(`${tracker.url}/api/tracker/v1/${question}`, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`${question}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const took = { live: [] as number[], summary: [] as number[] };
    // The first ones open connections and files.
    for (let index = -3; index < pixels; index++) {
      const path = `/fresh/${index + 3}`;
      const from = new Date(Date.now() - 3_600_000).toISOString();
      const to = new Date(Date.now() + 3_600_000).toISOString();
      const started = performance.now();
      await send(tracker.url, path);
      const [live, summary] = await Promise.all([
        until(started, async () =>
          (await ask<{ recent: { path: string | null }[] }>('live?site=bench')).recent.some((event) => event.path === path),
        ),
        until(
          started,
          async () =>
            (
              await ask<{ current: { views: number } }>(
                `summary?${new URLSearchParams({ site: 'bench', from, to, filter: `path:${path}` })}`,
              )
            ).current.views > 0,
        ),
      ]);
      if (index < 0) continue;
      took.live.push(live);
      took.summary.push(summary);
    }
    return { live: timingOf(took.live), summary: timingOf(took.summary) };
  } finally {
    await tracker.stop();
    registry.close();
  }
}

async function send(url: string, path: string): Promise<void> {
  const answer = await fetch(`${url}/t/pixel.gif?site=bench&path=${path}`, { headers: { 'user-agent': BROWSER } });
  const outcome = answer.headers.get('datamesh-event');
  if (outcome !== 'stored') throw new Error(`the tracker answered "${outcome}" to a pixel`);
}

/** Milliseconds until an answer has it. */
async function until(started: number, there: () => Promise<boolean>): Promise<number> {
  for (;;) {
    const asked = performance.now();
    if (await there()) return performance.now() - started;
    if (asked - started > TIMEOUT_MS) throw new Error(`a pixel was not in any answer after ${TIMEOUT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, POLL - (performance.now() - asked)));
  }
}
