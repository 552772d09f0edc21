/** What the hooks of inner elements cost: an element with a shadow root, made by a widget's code, in pages with and without them. */
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Visitors } from '../../e2e/harness/browser';
import { FOR_PAGE } from './for-page';
import { type PageServer, servePages } from './page-server';
import { ROOT } from './service';

const ROUNDS = 7;
const ELEMENTS = 5_000;

export interface Elements {
  /** Microseconds for one element: without the hooks, with them, and of a version that defines what another has defined before. */
  bare: number;
  first: number;
  later: number;
}

/** A widget's file: `make` draws one element with one inside, as often as it is told. */
const WIDGET = `
  customElements.define('bench-part', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }); } });
  globalThis.make = (times) => {
    const place = document.body.appendChild(document.createElement('div'));
    const start = performance.now();
    for (let i = 0; i < times; i++) place.append(document.createElement('bench-part'));
    const took = performance.now() - start;
    place.remove();
    return took;
  };`;

export async function elements(visitors: Visitors): Promise<Elements> {
  const server = await serve(await hooks());
  const { origin } = server;
  const times: Record<keyof Elements, number[]> = { bare: [], first: [], later: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await made(visitors, origin, false, ['1.0.0']));
      times.first.push(await made(visitors, origin, true, ['1.0.0']));
      times.later.push(await made(visitors, origin, true, ['1.0.0', '1.1.0']));
    }
  } finally {
    server.close();
  }
  // What else runs on the machine only ever adds to it.
  return { bare: Math.min(...times.bare), first: Math.min(...times.first), later: Math.min(...times.later) };
}

/** Of the version that is loaded last. */
async function made(visitors: Visitors, origin: string, hooked: boolean, versions: string[]): Promise<number> {
  const { context, page } = await visitors.newcomer();
  await page.goto(origin);
  if (hooked) await load(page, '/hooks.mjs');
  for (const version of versions) await load(page, `/remotes/bench/${version}/widget.mjs`);
  const took = await page.evaluate((times) => {
    const { make } = globalThis as unknown as { make(times: number): number };
    make(times / 10);
    return make(times);
  }, ELEMENTS);
  await context.close();
  return (took * 1000) / ELEMENTS;
}

const load = (page: Page, path: string): Promise<unknown> => page.evaluate((address) => import(address), path);

async function hooks(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { scopeElements } from './scoped-elements'; scopeElements();`,
      resolveDir: join(ROOT, 'host/src/remotes'),
      loader: 'ts',
    },
    ...FOR_PAGE,
  });
  return outputFiles[0]?.text ?? '';
}

function serve(script: string): Promise<PageServer> {
  return servePages(({ url }, response) => {
    if (url === '/')
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,"><body>');
    return response.writeHead(200, { 'content-type': 'text/javascript' }).end(url === '/hooks.mjs' ? script : WIDGET);
  });
}
