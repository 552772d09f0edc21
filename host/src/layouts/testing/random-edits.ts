/** Edits as people make them, drawn at random, for property tests. */
import type { LayoutContent, PanelBinding } from '@datamesh/contracts';
import {
  activatePanel,
  addPanel,
  addWire,
  createPanelId,
  movePanel,
  type Place,
  panelsOf,
  removePanel,
  removeWire,
  resizePanel,
  setFilter,
  setPanel,
  setSettings,
  wireKey,
} from '@datamesh/layout';
import fc from 'fast-check';

/** More are closed again: what is checked is checked for every panel. */
const MAX_PANELS = 24;
const SIDES = ['left', 'right', 'top', 'bottom'] as const;

export interface Draw {
  /** Which panel, out of as many as there are. */
  one: number;
  other: number;
  value: string | number | boolean;
}

export const draw: fc.Arbitrary<Draw> = fc.record({
  one: fc.nat(997),
  other: fc.nat(991),
  value: fc.constantFrom('AAPL', 'IBM', '', 3, 0.25, true, false),
});

/** Each keeps what it does not name: settings of panels above all. */
export const EDITS = {
  add: (content, { one, other, value }) =>
    panelsOf(content.tree).length >= MAX_PANELS
      ? removePanel(content, panelAt(content, one))
      : addPanel(
          content,
          createPanelId(content, numbers(one * 31 + other * 7)),
          { widget: 'data-table@stable', settings: { v: value } },
          place(content, other),
        ),
  close: (content, { one }) => removePanel(content, panelAt(content, one)),
  move: (content, { one, other }) => movePanel(content, panelAt(content, one), place(content, other)),
  resize: (content, { one, other }) => resizePanel(content, panelAt(content, one), other % 2 ? 'width' : 'height', ((other % 9) - 4) / 20),
  front: (content, { one }) => activatePanel(content, panelAt(content, one)),
  rename: (content, { one, value }) => setPanel(content, panelAt(content, one), { title: String(value) || null }),
  channel: (content, { one, other }) =>
    setPanel(content, panelAt(content, one), {
      channel: (['red', 'none', null] as const)[other % 3] ?? null,
      direction: other % 2 ? 'send' : 'both',
    }),
  version: (content, { one, other }) => setPanel(content, panelAt(content, one), { widget: `data-table@^${1 + (other % 3)}` }),
  wire: (content, { one, other }) => addWire(content, panelAt(content, one), wireFrom(panelAt(content, other), other)),
  unwire: (content, { one, other }) => {
    const panel = panelAt(content, one);
    const wires = content.panels[panel]?.bindings ?? [];
    const wire = wires[other % Math.max(1, wires.length)];
    return wire ? removeWire(content, panel, wireKey(wire)) : content;
  },
  filter: (content, { one, other, value }) =>
    setFilter(content, other % 3 ? { type: `team.filter${one % 2}`, value } : { type: `team.filter${one % 2}`, clear: true }),
  set: (content, { one, other, value }) =>
    setSettings(content, panelAt(content, one), { [`s${other % 3}`]: other % 4 ? value : undefined }),
} satisfies Record<string, (content: LayoutContent, draw: Draw) => LayoutContent>;

export type Edit = keyof typeof EDITS;
export const edited = (content: LayoutContent, edit: Edit, draw: Draw): LayoutContent =>
  panelsOf(content.tree).length === 0 ? EDITS.add(content, draw) : EDITS[edit](content, draw);

export const panelAt = (content: LayoutContent, at: number): string => {
  const panels = panelsOf(content.tree);
  return panels[at % panels.length] ?? '';
};

/** From 0 up to 1, another one each time: an id that is taken is drawn anew. */
const numbers = (from: number) => (): number => (from++ % 1009) / 1009;

function place(content: LayoutContent, at: number): Place {
  const panel = panelsOf(content.tree)[at % Math.max(1, panelsOf(content.tree).length)];
  if (panel === undefined || at % 5 === 0) return { at: 'end' };
  return at % 3 === 0 ? { into: panel } : { beside: panel, side: SIDES[at % 4] ?? 'left' };
}

const wireFrom = (from: string, at: number): PanelBinding => ({
  from,
  ...(at % 2 ? { context: 'fdc3.instrument' } : { event: 'change' }),
  take: at % 5 ? 'id.ticker' : 'name',
  ...(at % 3 ? { setting: `s${at % 3}` } : { attribute: 'label' }),
});
