/** Trees that nobody would draw: what reads them may refuse them, but it neither hangs nor overflows the stack. */
import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { arrange } from './arrange';
import { diff, equal } from './diff';
import { activatePanel, addPanel, emptyLayout, movePanel, moveSplitter, removePanel, resizePanel, setTree } from './edit';
import { merge3, resolveConflicts } from './merge';
import { normalise } from './normalise';
import { panelsOf, pathOf, stackOf } from './tree';
import { validate } from './validate';

const DEEP = 5_000;
const WIDE = 10_000;

const stack = (...panels: string[]): LayoutNode => ({ type: 'stack', active: 0, panels });
const split = (type: 'row' | 'column', ...nodes: LayoutNode[]): LayoutNode => ({
  type,
  children: nodes.map((node) => ({ size: 1 / nodes.length, node })),
});
const numbered = (count: number, prefix = 'p'): string[] => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

function contentWith(tree: LayoutNode, ids = panelsOf(tree)): LayoutContent {
  return { ...emptyLayout('Hostile'), tree, panels: Object.fromEntries(ids.map((id) => [id, { widget: 'notes@stable' }])) };
}

/** A panel at every level, one in the other. */
function comb(depth: number, types: readonly ('row' | 'column')[]): LayoutContent {
  let tree = stack('p0');
  for (let i = 1; i < depth; i++) tree = split(types[i % types.length] ?? 'row', stack(`p${i}`), tree);
  return contentWith(tree, numbered(depth));
}

const wide = contentWith(split('row', ...numbered(WIDE).map((id) => stack(id))));
const shapes: [string, LayoutContent][] = [
  ['5,000 levels of rows and columns', comb(DEEP, ['row', 'column'])],
  ['5,000 levels of rows in rows', comb(DEEP, ['row'])],
  ['10,000 panels side by side', wide],
  ['10,000 panels in one stack', contentWith(stack(...numbered(WIDE)))],
  [
    '10,000 panels, a hundred in each of a hundred columns',
    contentWith(split('row', ...numbered(100, 'c').map((c) => split('column', ...numbered(100, `${c}p`).map((id) => stack(id)))))),
  ],
];

const everyShareIsOne = (node: LayoutNode): void => {
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'stack') continue;
    const sizes = next.children.map(({ size }) => size);
    expect(sizes.every((size) => size > 0)).toBe(true);
    expect(sizes.reduce((all, size) => all + size, 0)).toBeCloseTo(1);
    open.push(...next.children.map((child) => child.node));
  }
};

describe.each(shapes)('%s', (_name, content) => {
  const ids = panelsOf(content.tree);
  const [first = '', second = ''] = ids;
  const last = ids.at(-1) ?? '';

  it('is brought into its one shape, twice the same', () => {
    const once = normalise(content);
    expect(panelsOf(once.tree)).toEqual(ids);
    everyShareIsOne(once.tree);
    expect(equal(normalise(once), once)).toBe(true);
  });

  it('is checked, and refused at once where it is too deep', () => {
    const found = validate(content);
    expect(found.length).toBeLessThan(10);
    expect(JSON.stringify(found).length).toBeLessThan(10_000);
  });

  it('is found through, arranged and edited', () => {
    expect(stackOf(content.tree, last)?.panels).toContain(last);
    expect(pathOf(content.tree, last)).toBeDefined();
    const arranged = arrange(content.tree, { width: 1440, height: 900 }, { smallest: { width: 120, height: 80 }, columnBelow: 700 });
    expect(arranged.stacks.flatMap(({ panels }) => panels)).toEqual(ids);
    expect(panelsOf(addPanel(content, 'new', { widget: 'notes@stable' }, { beside: last, side: 'left' }).tree)).toContain('new');
    expect(panelsOf(movePanel(content, last, { into: first }).tree).sort()).toEqual([...ids].sort());
    expect(panelsOf(removePanel(content, last).tree)).not.toContain(last);
    expect(panelsOf(resizePanel(content, last, 'width', 0.1).tree)).toEqual(ids);
    expect(panelsOf(moveSplitter(content, [], 0, 0.9).tree)).toEqual(ids);
    expect(panelsOf(activatePanel(content, last).tree)).toEqual(ids);
    expect(panelsOf(setTree(content, content.tree).tree)).toEqual(ids);
  });

  it('is compared, and merged with what others did', () => {
    const mine = removePanel(content, first);
    const theirs = { ...content, panels: { ...content.panels, [second]: { widget: 'notes@1.0.0' } } };
    expect(diff(content, theirs).map(({ path }) => path)).toEqual([`panels/${second}/widget`]);
    const merged = merge3(content, mine, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(panelsOf(merged.content.tree).sort()).toEqual(ids.slice(1).sort());
  });
});

it('ten thousand panels that both added under the same names are all kept', () => {
  const base = contentWith(stack('here'));
  const added = (widget: string): LayoutContent => ({
    ...contentWith(split('row', stack('here'), ...numbered(WIDE / 2).map((id) => stack(id, `${id}b`)))),
    panels: Object.fromEntries(
      ['here', ...numbered(WIDE / 2).flatMap((id) => [id, `${id}b`])].map((id) => [
        id,
        { widget: id === 'here' ? 'notes@stable' : widget },
      ]),
    ),
  });
  const merged = merge3(base, added('notes@stable'), added('series-chart@stable'));
  expect(new Set(panelsOf(merged.content.tree)).size).toBe(2 * WIDE + 1);
});

it('ten thousand conflicts are settled', () => {
  const titled = (title: string): LayoutContent => ({
    ...wide,
    panels: Object.fromEntries(Object.entries(wide.panels).map(([id, panel]) => [id, { ...panel, title }])),
  });
  const merged = merge3(wide, titled('Mine'), titled('Theirs'));
  expect(merged.conflicts.length).toBe(WIDE);
  const settled = resolveConflicts(merged, Object.fromEntries(merged.conflicts.map(({ path }) => [path, 'theirs'] as const)));
  expect(Object.values(settled.panels).every(({ title }) => title === 'Theirs')).toBe(true);
});

it('more panels than a share has units are all there, none with nothing', () => {
  const ids = numbered(2 * WIDE);
  const many = contentWith({ type: 'row', children: ids.map((id) => ({ size: 1, node: stack(id) })) });
  everyShareIsOne(normalise(many).tree);
  expect(arrange(many.tree, { width: 1440, height: 900 }, { smallest: { width: 120, height: 80 } }).stacks.length).toBe(2 * WIDE);
});
