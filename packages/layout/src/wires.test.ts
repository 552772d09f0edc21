import type { LayoutContent, PanelBinding } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import {
  addPanel,
  addWire,
  copyPanels,
  diff,
  emptyLayout,
  equal,
  merge3,
  normalise,
  pastePanels,
  removePanel,
  removeWire,
  resolveConflicts,
  setSettings,
  sourcesOf,
  targetIn,
  validate,
  wiredTo,
  wireKey,
} from './index';

const three: LayoutContent = ['table', 'chart', 'notes'].reduce(
  (content, id) => addPanel(content, id, { widget: `${id}-widget@stable` }, { at: 'end' }),
  emptyLayout('Three'),
);
const symbol: PanelBinding = { from: 'table', context: 'fdc3.instrument', take: 'id.ticker', setting: 'symbol' };
const label: PanelBinding = { from: 'table', event: 'change', take: 'value', attribute: 'label' };
const fromNotes: PanelBinding = { ...symbol, from: 'notes' };
const wired = addWire(addWire(three, 'chart', symbol), 'chart', label);
const wiresOf = (content: LayoutContent, panel = 'chart'): PanelBinding[] => content.panels[panel]?.bindings ?? [];

describe('wires', () => {
  it('are of the panel where they end, each once, and one with the same ends gives way to a newer', () => {
    const again = addWire(wired, 'chart', { ...symbol, take: 'name' });
    expect(wiresOf(again)).toHaveLength(2);
    expect(wiresOf(again)).toContainEqual({ ...symbol, take: 'name' });
    expect(validate(again)).toEqual([]);
    expect([sourcesOf(again), wiredTo(again, 'table'), wiredTo(again, 'chart')]).toEqual([['table'], ['chart'], []]);
    // A setting and an attribute of one name are two ends.
    expect(wiresOf(addWire(wired, 'chart', { ...label, attribute: 'symbol' }))).toHaveLength(3);
    expect(wiresOf(removeWire(wired, 'chart', wireKey(symbol)))).toEqual([label]);
    expect(equal(removeWire(removeWire(wired, 'chart', wireKey(symbol)), 'chart', wireKey(label)), three)).toBe(true);
  });

  it('come from another panel of the layout, or are none', () => {
    for (const from of ['chart', 'gone', '__proto__', 'constructor']) expect(addWire(three, 'chart', { ...symbol, from })).toEqual(three);
    const loose: LayoutContent = {
      ...three,
      panels: { ...three.panels, chart: { widget: 'c@stable', bindings: [symbol, { ...symbol, from: 'gone' }] } },
    };
    expect(validate(loose)).toEqual([
      {
        path: '/panels/chart/bindings/1/from',
        code: 'wire_loose',
        message: 'a wire of panel "chart" comes from no other panel',
        panel: 'chart',
      },
    ]);
    expect(wiresOf(normalise(loose))).toEqual([symbol]);
  });

  it('go with the panel that they come from, and leave those of others', () => {
    const both = addWire(wired, 'chart', fromNotes);
    const left = removePanel(both, 'table');
    expect(wiresOf(left)).toEqual([fromNotes]);
    expect(validate(left)).toEqual([]);
    expect(removePanel(left, 'notes').panels['chart']).toEqual({ widget: 'chart-widget@stable' });
    expect(wiresOf(removePanel(both, 'chart'), 'chart')).toEqual([]);
  });

  it('are a difference of their own', () => {
    expect(equal(wired, three)).toBe(false);
    expect(
      diff(three, wired)
        .map(({ path, kind, panel }) => `${kind} ${targetIn(path)} of ${panel}`)
        .sort(),
    ).toEqual(['added label of chart-widget', 'added symbol of chart-widget']);
  });

  it('of two people are both kept, and clash only where one wire takes two things', () => {
    const mine = addWire(three, 'chart', symbol);
    const theirs = setSettings(addWire(three, 'chart', label), 'chart', { days: 3 });
    const { content, conflicts } = merge3(three, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(wiresOf(content)).toEqual(wiresOf(normalise(wired)));
    const clash = merge3(
      wired,
      addWire(wired, 'chart', { ...symbol, take: 'name' }),
      addWire(wired, 'chart', { ...symbol, take: 'id.isin' }),
    );
    expect(clash.conflicts).toHaveLength(1);
    const [path = ''] = clash.conflicts.map((conflict) => conflict.path);
    expect(wiresOf(resolveConflicts(clash, { [path]: 'theirs' })).find(({ setting }) => setting)?.take).toBe('id.isin');
    expect(wiresOf(resolveConflicts(clash, { [path]: 'mine' })).find(({ setting }) => setting)?.take).toBe('name');
  });

  it('are nobody’s change where they went with their source', () => {
    const mine = removePanel(wired, 'table');
    const theirs = setSettings(wired, 'chart', { days: 3 });
    const { content, conflicts } = merge3(wired, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(content.panels['chart']).toEqual({ widget: 'chart-widget@stable', settings: { days: 3 } });
    // And the panel at their end may go on the other side.
    expect(merge3(wired, mine, removePanel(wired, 'chart')).conflicts).toEqual([]);
    expect(Object.keys(merge3(wired, mine, removePanel(wired, 'chart')).content.panels)).toEqual(['notes']);
  });

  it('follow a panel that gets another name when both sides added one of that name', () => {
    const [mine, theirs] = ['a', 'b'].map((widget) => addPanel(three, 'new', { widget: `${widget}@stable` }, { at: 'end' }));
    const { content } = merge3(three, mine as LayoutContent, addWire(theirs as LayoutContent, 'chart', { ...symbol, from: 'new' }));
    const [wire] = wiresOf(content);
    expect(content.panels[wire?.from ?? '']?.widget).toBe('b@stable');
  });

  it('among copies come along; from outside only in their own layout', () => {
    const inner = pastePanels(three, copyPanels(wired, ['table', 'chart']), { at: 'end' });
    const [table, chart] = inner.ids;
    expect(wiresOf(inner.content, chart)).toEqual(wiresOf(normalise(wired)).map((wire) => ({ ...wire, from: table })));
    const alone = copyPanels(wired, ['chart']);
    const kept = pastePanels(wired, alone, { at: 'end' }, { outside: 'keep' });
    expect(wiresOf(kept.content, kept.ids[0])).toEqual(wiresOf(normalise(wired)));
    const elsewhere = pastePanels(three, alone, { at: 'end' });
    expect(wiresOf(elsewhere.content, elsewhere.ids[0])).toEqual([]);
    // The source has been closed since.
    const closed = pastePanels(removePanel(wired, 'table'), alone, { at: 'end' }, { outside: 'keep' });
    expect(validate(closed.content)).toEqual([]);
    expect(wiresOf(closed.content, closed.ids[0])).toEqual([]);
  });
});
