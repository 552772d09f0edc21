/** Between two open layouts of 20 panels: until the next frame is painted, and how many widgets were reconnected by it. */
import type { LayoutNode, Panel } from '@datamesh/contracts';
import type { Page } from 'playwright-core';
import type { Visitors } from '../../e2e/harness/browser';
import { median } from './load';

const PANELS = 20;
const SWITCHES = 12;
const WIDGETS = ['notes@stable', 'data-table@stable', 'series-chart@stable', 'date-range@stable'];

export interface Switching {
  /** Milliseconds. */
  median: number;
  worst: number;
  reconnects: number;
}

export async function switching(visitors: Visitors): Promise<Switching> {
  const { context, page } = await visitors.person('alex', '/d/sales');
  await page.close();
  const fresh = await context.newPage();
  await fresh.addInitScript(countConnections);
  await fresh.goto('/d/sales');
  const titles = ['Twenty one', 'Twenty two'];
  const ids: string[] = [];
  for (const title of titles) ids.push(await createLayout(fresh, title, WIDGETS));
  for (const id of ids) {
    await fresh.goto(`/l/${id}`);
    await fresh.waitForFunction((count) => document.querySelectorAll('.dm-panel[data-state="ready"]').length >= count, PANELS);
  }
  const tab = (title: string) => fresh.getByRole('tab', { name: title });
  // Both are open now; the first time that each is shown in this page it still has to load.
  for (const title of titles) {
    await tab(title).click();
    await fresh.waitForFunction(
      (count) =>
        [...document.querySelectorAll<HTMLElement>('.dm-panel[data-state="ready"]')].filter((panel) =>
          panel.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
        ).length >= count,
      PANELS,
    );
  }
  await fresh.evaluate(() => Object.assign(window, { connections: 0 }));
  const times: number[] = [];
  for (let i = 0; i < SWITCHES; i++) times.push(await switchTo(fresh, titles[i % 2] ?? ''));
  const reconnects = await fresh.evaluate(() => (window as unknown as { connections: number }).connections);
  await context.close();
  return { median: median(times), worst: Math.max(...times), reconnects };
}

/** Runs in the page: every custom element that is connected counts. */
function countConnections(): void {
  Object.assign(window, { connections: 0 });
  const define = customElements.define.bind(customElements);
  customElements.define = (name, Element, options) => {
    const prototype = Element.prototype as { connectedCallback?: () => void };
    const connected = prototype.connectedCallback;
    prototype.connectedCallback = function (this: HTMLElement) {
      (window as unknown as { connections: number }).connections += 1;
      connected?.call(this);
    };
    define(name, Element, options);
  };
}

/** Twenty panels in four rows, of these widgets in turn; answers with its id. */
export function createLayout(page: Page, title: string, widgets: readonly string[], settings?: Panel['settings']): Promise<string> {
  const panels: Record<string, Panel> = {};
  const rows: LayoutNode[] = [];
  for (let row = 0; row < 4; row++) {
    const children = Array.from({ length: PANELS / 4 }, (_, column) => {
      const id = `p${row}${column}`;
      panels[id] = { widget: widgets[(row + column) % widgets.length] ?? 'notes@stable', ...(settings && { settings }) };
      return { size: 0.2, node: { type: 'stack' as const, active: 0, panels: [id] } };
    });
    rows.push({ type: 'row', children });
  }
  const tree: LayoutNode = { type: 'column', children: rows.map((node) => ({ size: 0.25, node })) };
  return page.evaluate(async (body) => {
    const answer = await fetch('/api/v1/layouts', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const made = (await answer.json()) as { id?: string; detail?: string };
    if (!made.id) throw new Error(`no layout: ${answer.status} ${made.detail ?? ''}`);
    return made.id;
  }, JSON.stringify({ title, tree, panels }));
}

/** From the click until the frame that shows the other layout has been handed over. */
function switchTo(page: Page, title: string): Promise<number> {
  return page.evaluate(async (name) => {
    const tab = [...document.querySelectorAll<HTMLElement>('[role="tab"]')].find((element) => element.textContent?.includes(name));
    if (!tab) throw new Error(`no tab ${name}`);
    const start = performance.now();
    tab.click();
    await new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, title);
}
