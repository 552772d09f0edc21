import type { LayoutContent } from '@datamesh/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPanel, copyPanels, emptyLayout, normalise, panelsOf, pastePanels, removePanel, stackOf, validate } from './index';
import * as arbitrary from './testing/arbitrary';

/** `n1`, `n2` … */
function numbered(): () => string {
  let last = 0;
  return () => `n${++last}`;
}

describe('copies of panels', () => {
  it('have ids of their own, everything else of the panels, and how they stand to each other; nothing else changes', () => {
    fc.assert(
      fc.property(
        arbitrary.content,
        arbitrary.content,
        fc.subarray(['p1', 'p2', 'p3', 'p4', 'p5']),
        fc.nat(8),
        arbitrary.side,
        (from, into, ids, at, side) => {
          const group = copyPanels(from, ids);
          const there = panelsOf(into.tree);
          const target = there[at % Math.max(1, there.length)];
          const place = target === undefined ? { at: 'end' as const } : at % 2 ? { into: target } : { beside: target, side };
          const pasted = pastePanels(into, group, place, { newId: numbered() });
          expect(validate(pasted.content)).toEqual([]);
          const before = panelsOf(group.tree);
          expect(before).toEqual(panelsOf(from.tree).filter((id) => (ids as string[]).includes(id)));
          const named = new Map(before.map((id, i) => [id, pasted.ids[i] ?? '']));
          for (const [id, name] of named) {
            const { bindings = [], ...rest } = normalise(from).panels[id] ?? { widget: '' };
            const inner = bindings.flatMap((wire) => (named.has(wire.from) ? [{ ...wire, from: named.get(wire.from) }] : []));
            expect(pasted.content.panels[name]).toEqual({ ...rest, ...(inner.length > 0 ? { bindings: inner } : {}) });
          }
          expect(panelsOf(pasted.content.tree).filter((id) => pasted.ids.includes(id))).toEqual(pasted.ids);
          const left = pasted.ids.reduce(removePanel, pasted.content);
          expect([panelsOf(left.tree), left.panels]).toEqual([there, into.panels]);
        },
      ),
    );
  });

  it('go as tabs into a stack, and stand as they stood beside one', () => {
    let three = emptyLayout('Three');
    for (const id of ['a', 'b', 'c']) three = addPanel(three, id, { widget: 'notes@stable' }, { at: 'end' });
    const group = copyPanels(three, ['a', 'c']);
    const tabs = pastePanels(three, group, { into: 'b' }, { newId: numbered() });
    expect(stackOf(tabs.content.tree, 'b')?.panels).toEqual(['b', 'n1', 'n2']);
    const beside = pastePanels(three, group, { beside: 'b', side: 'bottom' }, { newId: numbered() });
    expect(normalise(beside.content).tree).toMatchObject({
      children: [
        {},
        { node: { type: 'column', children: [{ node: { panels: ['b'] } }, { node: { type: 'row', children: [{}, {}] } }] } },
        {},
      ],
    });
  });

  it('go to the end, or as tabs, where the tree would become deeper than a layout may be', () => {
    const deep = asDeepAsMayBe('right');
    expect(validate(deep)).toEqual([]);
    const beside = pastePanels(deep, single('x'), { beside: 'p12', side: 'right' }, { newId: numbered() }).content;
    expect(validate(beside)).toEqual([]);
    expect(beside.tree).toMatchObject({ children: [{}, {}, { node: { panels: ['n1'] } }] });
    // Its rows and columns are the other way round: at the end it would be one level more.
    const across = asDeepAsMayBe('bottom');
    const all = pastePanels(deep, copyPanels(across, Object.keys(across.panels)), { beside: 'p12', side: 'bottom' }, { newId: numbered() });
    expect(validate(all.content)).toEqual([]);
    expect(stackOf(all.content.tree, 'n1')?.panels).toEqual(all.ids);
    expect(all.ids).toHaveLength(13);
  });
});

function asDeepAsMayBe(first: 'right' | 'bottom'): LayoutContent {
  const second = first === 'right' ? 'bottom' : 'right';
  let content = addPanel(emptyLayout('Deep'), 'p0', { widget: 'notes@stable' }, { at: 'end' });
  for (let i = 1; i <= 12; i++)
    content = addPanel(content, `p${i}`, { widget: 'notes@stable' }, { beside: `p${i - 1}`, side: i % 2 ? first : second });
  return content;
}

const single = (id: string) => ({
  tree: { type: 'stack' as const, active: 0, panels: [id] },
  panels: { [id]: { widget: 'notes@stable' } },
});
