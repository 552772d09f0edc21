import type { LayoutContent } from '@datamesh/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activatePanel,
  addPanel,
  arrange,
  createPanelId,
  diff,
  emptyLayout,
  equal,
  merge3,
  movePanel,
  moveSplitter,
  normalise,
  panelsOf,
  pathOf,
  removePanel,
  resizePanel,
  resolveConflicts,
  setFilter,
  setPanel,
  setSettings,
  setTree,
  stackOf,
  stacksOf,
  validate,
} from './index';
import * as arbitrary from './testing/arbitrary';

const chart = { widget: 'series-chart@stable' };
/** Table left, chart and notes stacked at the right. */
const morning: LayoutContent = (() => {
  let next = addPanel(emptyLayout('Morning'), 'table', { widget: 'data-table@stable' }, { at: 'end' });
  next = addPanel(next, 'chart', chart, { beside: 'table', side: 'right' });
  return addPanel(next, 'notes', { widget: 'notes@stable' }, { into: 'chart' });
})();

describe('normalise', () => {
  it('changes nothing the second time, and nothing that a person sees', () => {
    fc.assert(
      fc.property(arbitrary.content, (content) => {
        const once = normalise(content);
        expect(normalise(once)).toEqual(once);
        expect(equal(content, once)).toBe(true);
        expect(panelsOf(once.tree)).toEqual(panelsOf(content.tree));
      }),
    );
  });

  it('leaves no split of one, no row in a row, and shares that sum to exactly one', () => {
    fc.assert(
      fc.property(arbitrary.content, (content) => {
        const visit = (node: LayoutContent['tree']): void => {
          if (node.type === 'stack') return;
          expect(node.children.length).toBeGreaterThan(1);
          expect(Math.round(node.children.reduce((sum, child) => sum + child.size * 10_000, 0))).toBe(10_000);
          for (const child of node.children) {
            expect(child.node.type).not.toBe(node.type);
            visit(child.node);
          }
        };
        visit(normalise(content).tree);
      }),
    );
  });

  it('takes explicit defaults for what they are', () => {
    const explicit = setPanel(morning, 'chart', { title: null, settings: {}, channel: null, direction: 'both' });
    expect(equal(morning, explicit)).toBe(true);
  });
});

describe('editing', () => {
  it('keeps every layout valid, whatever is moved where', () => {
    fc.assert(
      fc.property(arbitrary.content, fc.nat(8), fc.nat(8), arbitrary.side, fc.nat(4), (content, a, b, side, kind) => {
        const ids = panelsOf(content.tree);
        const [id, other] = [ids[a % Math.max(1, ids.length)], ids[b % Math.max(1, ids.length)]];
        fc.pre(id !== undefined && other !== undefined);
        const place =
          kind === 0
            ? { at: 'end' as const }
            : kind === 1
              ? { into: other, index: b }
              : kind === 2
                ? { edge: side }
                : kind === 3
                  ? { between: [other, ids[(b + 1) % ids.length] ?? other] as const }
                  : { beside: other, side };
        const moved = movePanel(content, id, place);
        expect(validate(moved)).toEqual([]);
        expect(panelsOf(moved.tree).sort()).toEqual([...ids].sort());
        const gone = removePanel(content, id);
        expect(validate(gone)).toEqual([]);
        expect(panelsOf(gone.tree)).not.toContain(id);
        expect(equal(setTree(content, content.tree), content)).toBe(true);
      }),
    );
  });

  it('puts a panel where it was asked to', () => {
    expect(pathOf(morning.tree, 'table')).toEqual([0]);
    expect(stackOf(morning.tree, 'notes')?.panels).toEqual(['chart', 'notes']);
    const below = movePanel(morning, 'notes', { beside: 'chart', side: 'bottom' });
    expect(pathOf(below.tree, 'notes')).toEqual([1, 1]);
    const own = movePanel(morning, 'notes', { beside: 'notes', side: 'left' });
    expect(panelsOf(own.tree)).toEqual(['table', 'notes', 'chart']);
    expect(movePanel(morning, 'table', { beside: 'table', side: 'left' })).toBe(morning);
  });

  it('puts a panel between two neighbours with an equal share, wherever their ways part', () => {
    const three = addPanel(morning, 'usage', chart, { between: ['table', 'chart'] });
    expect(three.tree).toMatchObject({ type: 'row', children: [{}, { node: { panels: ['usage'] } }, {}] });
    for (const { size } of three.tree.type === 'stack' ? [] : three.tree.children) expect(size).toBeCloseTo(1 / 3, 3);
    const column = addPanel(morning, 'below', chart, { beside: 'chart', side: 'bottom' });
    expect(pathOf(addPanel(column, 'new', chart, { between: ['notes', 'below'] }).tree, 'new')).toEqual([1, 1]);
    expect(panelsOf(addPanel(column, 'new', chart, { between: ['table', 'below'] }).tree)).toEqual([
      'table',
      'new',
      'chart',
      'notes',
      'below',
    ]);
  });

  it('puts a panel last where what it was to stand between is gone, or one stack', () => {
    for (const between of [
      ['table', 'gone'],
      ['chart', 'notes'],
    ] as const) {
      const { tree } = addPanel(morning, 'new', chart, { between });
      expect(panelsOf(tree)).toEqual(['table', 'chart', 'notes', 'new']);
    }
    expect(movePanel(morning, 'table', { between: ['table', 'chart'] })).toBe(morning);
  });

  it('resizes against the neighbour and never squeezes it away', () => {
    const wider = resizePanel(morning, 'table', 'width', 0.2);
    expect(wider.tree).toMatchObject({ children: [{ size: 0.7 }, { size: 0.3 }] });
    const [, right] = (resizePanel(morning, 'table', 'width', 5).tree as { children: { size: number }[] }).children;
    expect(right?.size).toBeCloseTo(0.05);
    expect(resizePanel(morning, 'table', 'height', 0.2)).toBe(morning);
  });

  it('a setting goes back to its default with undefined, a filter with clear', () => {
    const set = setSettings(morning, 'chart', { symbol: 'IBM', kind: 'line' });
    expect(setSettings(set, 'chart', { symbol: undefined }).panels['chart']?.settings).toEqual({ kind: 'line' });
    const filtered = setFilter(morning, { type: 'fdc3.timeRange', startTime: '2004' });
    expect(filtered.filters).toHaveLength(1);
    expect(setFilter(filtered, { type: 'fdc3.timeRange', clear: true }).filters).toEqual([]);
  });

  it('moves one splitter, and no other', () => {
    const three = addPanel(morning, 'usage', chart, { at: 'end' });
    const sizes = (content: LayoutContent): number[] => (content.tree as { children: { size: number }[] }).children.map(({ size }) => size);
    const [table = 0, middle = 0, usage] = sizes(three);
    expect(sizes(moveSplitter(three, [], 0, 0.25))).toEqual([
      expect.closeTo((table + middle) / 4, 3),
      expect.closeTo(((table + middle) * 3) / 4, 3),
      usage,
    ]);
    expect(validate(moveSplitter(three, [], 0, 7))).toEqual([]);
    expect(moveSplitter(three, [], 2, 0.5)).toBe(three);
    expect(moveSplitter(three, [0], 0, 0.5)).toBe(three);
  });

  it('puts a panel along an edge of the whole, and leaves the others as they are', () => {
    const below = movePanel(morning, 'notes', { edge: 'bottom' });
    expect(pathOf(below.tree, 'notes')).toEqual([1]);
    expect(below.tree).toMatchObject({ type: 'column', children: [{ node: { type: 'row' } }, { size: expect.closeTo(1 / 3, 3) }] });
    expect(panelsOf(addPanel(emptyLayout('x'), 'a', chart, { edge: 'left' }).tree)).toEqual(['a']);
  });

  it('names new panels without repeating one', () => {
    const numbers = [0, 0, 0.5];
    const taken = addPanel(emptyLayout('x'), 'p000000', chart, { at: 'end' });
    expect(createPanelId(taken, () => numbers.shift() ?? 0)).not.toBe('p000000');
  });
});

describe('diff', () => {
  it('is empty for what looks the same, and for another tab in front', () => {
    expect(diff(morning, activatePanel(morning, 'chart'))).toEqual([]);
    expect(diff(morning, resizePanel(morning, 'table', 'width', 0.0004))).toEqual([]);
  });

  it('names each change once, and the panel that it is about', () => {
    const next = setSettings(removePanel({ ...morning, title: 'Evening' }, 'notes'), 'chart', { symbol: 'IBM' });
    expect(diff(morning, next).map(({ path, kind, panel }) => [path, kind, panel])).toEqual([
      ['title', 'changed', null],
      ['panels/notes', 'removed', 'notes'],
      ['panels/chart/settings/symbol', 'added', 'series-chart'],
    ]);
    expect(diff(morning, movePanel(morning, 'table', { at: 'end' })).map(({ path }) => path)).toEqual(['tree']);
  });
});

describe('merge3', () => {
  it('with one side unchanged is the other side, and with both alike is that', () => {
    fc.assert(
      fc.property(arbitrary.content, arbitrary.content, (base, changed) => {
        for (const merged of [merge3(base, changed, base), merge3(base, base, changed), merge3(base, changed, changed)]) {
          expect(merged.conflicts).toEqual([]);
          expect(diff(changed, merged.content)).toEqual([]);
        }
      }),
    );
  });

  it('keeps where somebody put a new panel who closed more than that, while the other one did nothing', () => {
    const mine = addPanel(
      removePanel(removePanel(morning, 'notes'), 'chart'),
      'new',
      { widget: 'usage@stable' },
      { beside: 'table', side: 'bottom' },
    );
    for (const { content } of [merge3(morning, mine, morning), merge3(morning, morning, mine)]) expect(diff(mine, content)).toEqual([]);
    // And while the other one closed one as well, or changed what stays.
    for (const theirs of [removePanel(morning, 'notes'), setSettings(morning, 'table', { top: 3 })])
      expect(merge3(morning, mine, theirs).content.tree).toEqual(normalise(mine).tree);
  });

  it('is valid and loses no panel that somebody added or that nobody removed', () => {
    fc.assert(
      fc.property(arbitrary.content, arbitrary.content, arbitrary.content, (base, mine, theirs) => {
        const merged = merge3(base, mine, theirs);
        expect(validate(merged.content)).toEqual([]);
        const after = Object.keys(merged.content.panels);
        for (const id of Object.keys(mine.panels)) if (!(id in base.panels) || id in theirs.panels) expect(after).toContain(id);
        const added = Object.keys(theirs.panels).filter((id) => !(id in base.panels));
        const widgets = after.map((id) => merged.content.panels[id]?.widget);
        for (const id of added) expect(widgets).toContain(theirs.panels[id]?.widget);
      }),
    );
  });

  it('stays valid whichever side is chosen at each conflict', () => {
    fc.assert(
      fc.property(arbitrary.content, arbitrary.content, arbitrary.content, fc.infiniteStream(fc.boolean()), (base, mine, theirs, coin) => {
        const merged = merge3(base, mine, theirs);
        const choices = Object.fromEntries(
          merged.conflicts.map(({ path }) => [path, coin.next().value ? ('theirs' as const) : ('mine' as const)]),
        );
        expect(validate(resolveConflicts(merged, choices))).toEqual([]);
      }),
    );
  });

  it('takes my setting and their new panel together', () => {
    const mine = setSettings(morning, 'chart', { symbol: 'IBM' });
    const theirs = addPanel(morning, 'usage', { widget: 'usage@stable' }, { into: 'notes' });
    const { content, conflicts } = merge3(morning, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(content.panels['chart']?.settings).toEqual({ symbol: 'IBM' });
    expect(stackOf(content.tree, 'usage')?.panels).toEqual(['chart', 'notes', 'usage']);
  });

  it('shows one setting changed in two ways as a conflict, and puts what was chosen', () => {
    const merged = merge3(morning, setSettings(morning, 'chart', { symbol: 'IBM' }), setSettings(morning, 'chart', { symbol: 'MSFT' }));
    expect(merged.conflicts).toMatchObject([{ path: 'panels/chart/settings/symbol', base: null, mine: 'IBM', theirs: 'MSFT' }]);
    expect(merged.content.panels['chart']?.settings).toEqual({ symbol: 'IBM' });
    const chosen = resolveConflicts(merged, { 'panels/chart/settings/symbol': 'theirs' });
    expect(chosen.panels['chart']?.settings).toEqual({ symbol: 'MSFT' });
  });

  it('asks when a panel was removed here and changed there, and can bring it back', () => {
    const merged = merge3(morning, removePanel(morning, 'chart'), setSettings(morning, 'chart', { symbol: 'MSFT' }));
    expect(merged.conflicts.map(({ path }) => path)).toEqual(['panels/chart']);
    const back = resolveConflicts(merged, { 'panels/chart': 'theirs' });
    expect(stackOf(back.tree, 'chart')?.panels).toEqual(['notes', 'chart']);
    expect(back.panels['chart']?.settings).toEqual({ symbol: 'MSFT' });
  });

  it('asks about two different arrangements, and keeps both new panels of one name', () => {
    const mine = addPanel(
      movePanel(morning, 'table', { beside: 'chart', side: 'bottom' }),
      'new',
      { widget: 'usage@stable' },
      { at: 'end' },
    );
    const theirs = addPanel(
      movePanel(morning, 'table', { beside: 'chart', side: 'top' }),
      'new',
      { widget: 'notes@stable' },
      { at: 'end' },
    );
    const merged = merge3(morning, mine, theirs);
    expect(merged.conflicts.map(({ path }) => path)).toEqual(['tree']);
    expect(Object.keys(merged.content.panels).sort()).toEqual(['chart', 'new', 'new-2', 'notes', 'table']);
    expect(panelsOf(resolveConflicts(merged, { tree: 'theirs' }).tree)[0]).toBe('table');
  });
});

describe('arrange', () => {
  // Most of them narrow: that is where a split has less room than its gaps take.
  const side = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 2_000 }));
  const least = fc.record({ width: fc.integer({ min: 0, max: 200 }), height: fc.integer({ min: 0, max: 200 }) });

  it('fills the rectangle without overlap, in whole pixels', () => {
    fc.assert(
      fc.property(arbitrary.content, side, side, least, (content, width, height, smallest) => {
        const { stacks } = arrange(normalise(content).tree, { width, height }, { gap: 6, smallest });
        expect(stacks.flatMap(({ panels }) => panels)).toEqual(panelsOf(content.tree));
        for (const { rect } of stacks) {
          for (const value of Object.values(rect)) expect(Number.isInteger(value)).toBe(true);
          expect(Math.min(...Object.values(rect))).toBeGreaterThanOrEqual(0);
          expect(rect.x + rect.width).toBeLessThanOrEqual(width);
          expect(rect.y + rect.height).toBeLessThanOrEqual(height);
        }
        for (const [i, { rect: a }] of stacks.entries())
          for (const { rect: b } of stacks.slice(i + 1))
            expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
        if (stacks.length > 0) expect(Math.max(...stacks.map(({ rect }) => rect.x + rect.width))).toBe(width);
      }),
      // A hundred find gaps that do not give way, whatever the seed.
      { numRuns: 500 },
    );
  });

  it('shows nothing smaller than the least while there is room for all, and takes it from who has more', () => {
    const tree = resizePanel(morning, 'table', 'width', 0.45).tree;
    const widths = (width: number): number[] =>
      arrange(tree, { width, height: 600 }, { gap: 6, smallest: { width: 120, height: 80 } }).stacks.map(({ rect }) => rect.width);
    expect(widths(3006)).toEqual([2850, 150]);
    expect(widths(1006)).toEqual([880, 120]);
    expect(widths(246)).toEqual([120, 120]);
    expect(widths(206)).toEqual([190, 10]);
    expect(widths(3006)).toEqual([2850, 150]);
  });

  it('asks for the least of everything in a nested split', () => {
    const column = addPanel(morning, 'usage', chart, { beside: 'chart', side: 'bottom' });
    const row = addPanel(column, 'more', chart, { beside: 'usage', side: 'right' });
    const squeezed = resizePanel(row, 'table', 'width', 0.45).tree;
    const { stacks } = arrange(squeezed, { width: 800, height: 600 }, { gap: 6, smallest: { width: 120, height: 80 } });
    expect(stacks.map(({ rect }) => rect.width)).toEqual([548, 246, 120, 120]);
  });

  it('becomes one column that scrolls where the page is narrow', () => {
    const { stacks, height } = arrange(morning.tree, { width: 400, height: 700 }, { gap: 6, columnBelow: 700, columnHeight: 300 });
    expect(stacks.map(({ rect }) => rect)).toEqual([
      { x: 0, y: 0, width: 400, height: 300 },
      { x: 0, y: 306, width: 400, height: 300 },
    ]);
    expect(height).toBe(606);
  });
});

describe('validate', () => {
  it('names what a schema cannot see', () => {
    const broken = { ...morning, panels: { table: chart, spare: chart } };
    expect(validate(broken).map(({ code }) => code)).toEqual(['panel_unknown', 'panel_unknown', 'panel_unplaced']);
    expect([...stacksOf(morning.tree)]).toHaveLength(2);
    const inherited = { ...morning, tree: { type: 'stack' as const, active: 0, panels: ['constructor'] }, panels: {} };
    expect(validate(inherited).map(({ code }) => code)).toEqual(['panel_unknown']);
  });
});
