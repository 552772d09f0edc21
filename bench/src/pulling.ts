/** What an original has changed, pulled into a copy of it: until the dialog has it drawn, and until it stands and is saved. */
import type { LayoutContentInput, LayoutNode } from '@datamesh/contracts';
import type { Visitors } from '../../e2e/harness/browser';
import { createLayout, readLayout, writeLayout } from '../../e2e/harness/layouts';
import { median } from './load';

const ROUNDS = 5;
/** As many as a row can show; the others are behind tabs, as in a layout that somebody works with. */
const STACKS = 10;

export interface Pulling {
  /** Milliseconds, medians. */
  shown: number;
  pulled: number;
}

/** Of a layout with so many panels, half of which the original changes and the copy the other half. */
export async function pulling(visitors: Visitors, panels: number): Promise<Pulling> {
  const [alex, casey] = [await visitors.person('alex'), await visitors.person('casey')];
  const original = await createLayout(alex.page, content(panels, 'none', 'Original'));
  const { id: copy } = await writeLayout(casey.page, 'POST', `/layouts/${original}/clone`, { title: 'Copy' });
  const own = { title: 'Copy', department: null, visibility: 'private' } as const;
  await writeLayout(casey.page, 'PUT', `/layouts/${copy}`, { ...content(panels, 'odd', 'of the copy'), ...own }, 1);
  await writeLayout(alex.page, 'PUT', `/layouts/${original}`, content(panels, 'even', 'of the original'), 1);
  await casey.page.goto(`/l/${copy}`);
  const times = { shown: [] as number[], pulled: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    await casey.page.getByRole('button', { name: 'See and pull' }).waitFor();
    times.shown.push(await casey.page.evaluate(press, { label: 'See and pull', until: 'Pull' }));
    times.pulled.push(await casey.page.evaluate(press, { label: 'Pull', until: 'Undo' }));
    const { panels: now } = await readLayout(casey.page, copy);
    const taken = Object.values(now).filter(({ title }) => title?.endsWith('of the original')).length;
    if (taken !== panels / 2) throw new Error(`${taken} panels were pulled, not ${panels / 2}`);
    await casey.page.getByRole('button', { name: 'Undo', exact: true }).click();
  }
  for (const { context } of [alex, casey]) await context.close();
  return { shown: median(times.shown), pulled: median(times.pulled) };
}

function content(count: number, renamed: 'odd' | 'even' | 'none', how: string): LayoutContentInput {
  const ids = Array.from({ length: count }, (_, at) => `panel-${at}`);
  const isRenamed = (at: number): boolean => renamed !== 'none' && (at % 2 === 1) === (renamed === 'odd');
  const stacks = Array.from({ length: STACKS }, (_, at): LayoutNode => {
    return { type: 'stack', active: 0, panels: ids.filter((_id, n) => n % STACKS === at) };
  });
  return {
    title: 'Original',
    department: 'sales',
    visibility: 'department',
    tree: { type: 'row', children: stacks.map((node) => ({ size: 1 / STACKS, node })) },
    panels: Object.fromEntries(
      ids.map((id, at) => [id, { widget: 'notes@stable', title: isRenamed(at) ? `${id} ${how}` : id, settings: {} }]),
    ),
  };
}

/** Runs in the page: milliseconds from pressing one button until another can be pressed and the frame with it has been handed over. */
async function press({ label, until }: { label: string; until: string }): Promise<number> {
  const find = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name && !one.disabled);
  const frame = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
  const button = find(label);
  if (!button) throw new Error(`no button ${label}`);
  const start = performance.now();
  button.click();
  while (!find(until)) await frame();
  await frame();
  return performance.now() - start;
}
