/** loadRemote to connected: one panel of the dashboard against the same remote on a bare page, in turns. */
import { request } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { signIn, type Visitors } from '../../e2e/harness/browser';
import type { Stack } from '../../e2e/harness/stack';
import { FOR_PAGE } from './for-page';
import { median } from './load';
import { type PageServer, servePages } from './page-server';
import { ROOT } from './service';

const ROUNDS = 15;
/** A remote that shares nothing with the host, so that both sides load the same files. */
const WIDGET = 'date-range';

export interface Overhead {
  /** Milliseconds. */
  panel: number;
  bare: number;
  ratio: number;
}

export async function overhead(stack: Stack, visitors: Visitors): Promise<Overhead> {
  const script = await bundle();
  const server = await servePage(script, stack.registryUrl);
  const panel: number[] = [];
  const bare: number[] = [];
  try {
    const layout = await layoutWithOnePanel(visitors);
    for (let i = 0; i < ROUNDS; i++) {
      panel.push(await inPanel(visitors, layout.id));
      bare.push(await onBarePage(visitors, `${server.origin}/`, layout.base));
    }
  } finally {
    server.close();
  }
  return { panel: median(panel), bare: median(bare), ratio: median(panel) / median(bare) };
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'bench/src/bare-page.ts')],
    ...FOR_PAGE,
  });
  return outputFiles[0]?.text ?? '';
}

/** One hop before the registry, as the edge is one: files travel equally far. */
function servePage(script: string, registry: string): Promise<PageServer> {
  const upstream = new URL(registry);
  return servePages((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (path === '/') return outgoing.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    if (path === '/bare.mjs') return outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    const onward = request(
      { host: upstream.hostname, port: upstream.port, path, headers: { ...incoming.headers, host: upstream.host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    return onward.end();
  });
}

const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/bare.mjs"></script>';

async function layoutWithOnePanel(visitors: Visitors): Promise<{ id: string; base: string }> {
  const { context, page } = await visitors.person('alex', '/d/sales');
  const made = await page.evaluate(async (widget) => {
    const post = async (path: string, body: unknown) =>
      (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
    const tree = { type: 'stack', active: 0, panels: ['p1'] };
    const layout = (await post('/api/v1/layouts', {
      title: 'One panel',
      visibility: 'private',
      tree,
      panels: { p1: { widget: `${widget}@stable` } },
    })) as { id: string };
    const { items } = (await post('/api/v1/resolve', { widgets: [`${widget}@stable`] })) as { items: { base: string }[] };
    return { id: layout.id, base: items[0]?.base ?? '' };
  }, WIDGET);
  await context.close();
  return made;
}

async function inPanel(visitors: Visitors, layout: string): Promise<number> {
  const { context, page } = await visitors.newcomer();
  await signIn(page, 'alex', '/healthz');
  await page.goto(`/l/${layout}`);
  await page.waitForSelector(`.dm-panel[data-widget="${WIDGET}"][data-state="ready"]`);
  const took = await page.evaluate((widget) => performance.getEntriesByName(`datamesh:mount:${widget}`)[0]?.duration, WIDGET);
  await context.close();
  if (took === undefined) throw new Error('the panel left no measure');
  return took;
}

async function onBarePage(visitors: Visitors, url: string, base: string): Promise<number> {
  const { context, page } = await visitors.newcomer();
  await page.goto(url);
  await page.waitForFunction(() => 'mountRemote' in window);
  const took = await page.evaluate((path) => {
    const { mountRemote } = window as unknown as { mountRemote(name: string, entry: string): Promise<number> };
    return mountRemote('bare', new URL(`${path}dist/remoteEntry.mjs`, location.origin).href);
  }, base);
  await context.close();
  return took;
}
