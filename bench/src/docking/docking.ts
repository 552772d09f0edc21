/** Fifty panels on the screen, and the same ones in another arrangement: our two modes beside other docks, in turns, each time in a new page. */
import { basename, join } from 'node:path';
import type { LayoutNode } from '@datamesh/contracts';
import { build } from 'esbuild';
import type { Visitors } from '../../../e2e/harness/browser';
import { FOR_PAGE } from '../for-page';
import { type PageServer, servePages } from '../page-server';
import { ROOT } from '../service';
import type { Dock } from './dock';
import { PANELS, rows } from './trees';

const ROUNDS = 9;
const PAGES = {
  view: 'ours?mode=view',
  edit: 'ours?mode=edit',
  golden: 'golden?',
  dockview: 'dockview?',
} as const;

export type DockName = keyof typeof PAGES;

/** Milliseconds until the frame that shows it is painted. */
export interface Shown {
  cold: number;
  again: number;
}

/** `docks`: which of them. */
export async function docking(visitors: Visitors, docks: readonly DockName[]): Promise<Record<DockName, Shown | undefined>> {
  const server = await serve(await bundles());
  const times = new Map<DockName, Shown[]>();
  try {
    for (let round = 0; round < ROUNDS; round++)
      for (const name of docks) times.set(name, [...(times.get(name) ?? []), await shown(visitors, `${server.origin}/${PAGES[name]}`)]);
  } finally {
    server.close();
  }
  const of = (name: DockName): Shown | undefined => {
    const all = times.get(name);
    // What else runs on the machine only ever adds to it.
    return all && { cold: Math.min(...all.map(({ cold }) => cold)), again: Math.min(...all.map(({ again }) => again)) };
  };
  return { view: of('view'), edit: of('edit'), golden: of('golden'), dockview: of('dockview') };
}

async function shown(visitors: Visitors, address: string): Promise<Shown> {
  const { context, page } = await visitors.newcomer();
  await page.goto(address);
  const result = await page.evaluate(measure, [rows(10), rows(5), PANELS] as const);
  await context.close();
  return result;
}

/** Runs in the page. */
async function measure([first, second, panels]: readonly [LayoutNode, LayoutNode, number]): Promise<Shown> {
  const open = (globalThis as unknown as { dock(container: HTMLElement): Promise<Dock> }).dock;
  const container = document.querySelector('main') as HTMLElement;
  const dock = await open(container);
  const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
  const time = async (tree: LayoutNode): Promise<number> => {
    await painted();
    const start = performance.now();
    dock.show(tree);
    await painted();
    return performance.now() - start;
  };
  const result = { cold: await time(first), again: await time(second) };
  // A dock that shows nothing would be the quickest of all.
  const seen = [...container.querySelectorAll('section[data-panel]')].filter((panel) => panel.checkVisibility() && panel.clientWidth > 40);
  if (seen.length !== panels) throw new Error(`${seen.length} of ${panels} panels are shown`);
  return result;
}

/** Files by name, scripts and style sheets. */
async function bundles(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['ours', 'golden', 'dockview'].map((name) => join(ROOT, `bench/src/docking/${name}.ts`)),
    outdir: join(ROOT, 'bench/dist/docking'),
    ...FOR_PAGE,
    loader: { '.png': 'dataurl', '.svg': 'dataurl' },
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

function serve(files: Map<string, string>): Promise<PageServer> {
  return servePages(({ url = '/' }, response) => {
    const name = basename(new URL(url, 'http://localhost').pathname);
    const file = files.get(name);
    if (file !== undefined)
      return response.writeHead(200, { 'content-type': name.endsWith('.css') ? 'text/css' : 'text/javascript' }).end(file);
    return response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(name));
  });
}

const pageOf = (name: string): string => `<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="/${name}.css">
<style>html, body, main { margin: 0; height: 100%; } main { position: relative; }</style>
<body><main></main><script type="module" src="/${name}.js"></script>`;
