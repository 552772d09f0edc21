/** The first page of the library, of 20,000 layouts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LayoutContent, LayoutSummary } from '@datamesh/contracts';
import { createLayout } from '../../registry-api/src/layouts/layout';
import { sqliteLayouts } from '../../registry-api/src/layouts/store.sqlite';
import { openDatabase } from '../../registry-api/src/storage/sqlite/database';
import { p95 } from './load';
import { startService } from './service';

const LAYOUTS = 20_000;
/** As many as the page asks for at once. */
const PAGE = 48;
const ASKED = 200;

/** Everything, what one reader sees, a word that every title has, one that few have, the middle of one; by title. */
const questions = ['', '&scope=company', '&scope=mine', '&q=morning', '&q=morning%20board%20777', '&q=arket'].flatMap((one) => [
  one,
  `${one}&sort=title`,
]);

/** Milliseconds that one question of 20 may take longer than, of the slowest question. */
export async function library(): Promise<number> {
  const registry = await startService('registry-api/dist/main.mjs', {
    PUBLIC_URL: 'http://localhost:1',
    DATAMESH_DEV_ISSUER: '1',
    LIMIT_READS: 'none',
    LIMIT_WRITES: 'none',
  });
  try {
    const { secret } = JSON.parse(readFileSync(join(registry.data, 'bootstrap.json'), 'utf8')) as { secret: string };
    const headers = { authorization: `Bearer ${secret}` };
    await fill(join(registry.data, 'store/registry.db'));
    const times: number[] = [];
    for (const more of questions)
      times.push(
        await p95Of(async () => {
          const answer = await fetch(`${registry.url}/api/v1/layouts?limit=${PAGE}${more}`, { headers });
          const { items } = (await answer.json()) as { items: LayoutSummary[] };
          if (items.length === 0) throw new Error(`nothing was found: ${more}`);
        }),
      );
    return Math.max(...times);
  } finally {
    await registry.stop();
  }
}

/** Of the set-up, who asks: through the store, for 20,000 requests would take minutes. */
async function fill(file: string): Promise<void> {
  const database = openDatabase(file);
  try {
    database.exec('PRAGMA synchronous = OFF');
    const store = sqliteLayouts(database);
    for (let n = 0; n < LAYOUTS; n++) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
      await store.create(createLayout(content(n), { user: 'user:system', name: 'Set-up' }, at), []);
    }
  } finally {
    database.close();
  }
}

const content = (n: number): LayoutContent => ({
  title: `Morning board ${n} of ${['markets', 'risk', 'sales', 'operations'][n % 4]}`,
  department: null,
  visibility: n % 2 === 0 ? 'company' : 'private',
  grants: [],
  tree: { type: 'stack', active: 0, panels: [] },
  panels: {},
  defaultChannel: null,
  filters: [],
});

async function p95Of(run: () => Promise<void>): Promise<number> {
  for (let i = 0; i < 20; i++) await run();
  const times: number[] = [];
  for (let i = 0; i < ASKED; i++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return p95(times);
}
