import type { LayoutContent, Panel, PanelBinding } from '@datamesh/contracts';

/** What tells the wires of one panel apart: from where, on what, to where. Without a slash, for it is part of a path. */
export const wireKey = ({ from, context, event, setting, attribute }: PanelBinding): string =>
  `${from} ${context ?? `event:${event}`} ${setting ?? `[${attribute}]`}`;

/** By its key, what a wire sets. */
export const targetIn = (key: string): string => (key.split(' ')[2] ?? '').replace(/^\[|\]$/g, '');

/** Panels that have a wire from this one, in the order of their ids. */
export const wiredTo = ({ panels }: Pick<LayoutContent, 'panels'>, source: string): string[] =>
  Object.keys(panels)
    .sort()
    .filter((id) => panels[id]?.bindings?.some(({ from }) => from === source));

/** Panels that a wire comes from. */
export const sourcesOf = ({ panels }: Pick<LayoutContent, 'panels'>): string[] => [
  ...new Set(Object.values(panels).flatMap(({ bindings = [] }) => bindings.map(({ from }) => from))),
];

/** A wire needs another panel to come from. */
export const isTied = (panels: Readonly<Record<string, Panel>>, id: string, { from }: PanelBinding): boolean =>
  from !== id && Object.hasOwn(panels, from);

/** The wires of a panel whose source is there, each once, in one order. */
export function tiedWires(panels: Readonly<Record<string, Panel>>, id: string, bindings: readonly PanelBinding[]): PanelBinding[] {
  const tied = new Map(bindings.filter((wire) => isTied(panels, id, wire)).map((wire) => [wireKey(wire), wire]));
  return [...tied].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wire]) => wire);
}

/** The panels without wires whose source is not among them. */
export function withoutLooseWires(panels: Readonly<Record<string, Panel>>): Record<string, Panel> {
  const entries = Object.entries(panels).map(([id, panel]): [string, Panel] => {
    const { bindings = [], ...rest } = panel;
    const tied = bindings.filter((wire) => isTied(panels, id, wire));
    return [id, tied.length === bindings.length ? panel : tied.length > 0 ? { ...rest, bindings: tied } : rest];
  });
  return Object.fromEntries(entries);
}

/** One more wire; one that has the same ends gives way to it. */
export function addWire(content: LayoutContent, id: string, wire: PanelBinding): LayoutContent {
  return setWires(content, id, [...(content.panels[id]?.bindings ?? []).filter((other) => wireKey(other) !== wireKey(wire)), wire]);
}

export function removeWire(content: LayoutContent, id: string, key: string): LayoutContent {
  return setWires(
    content,
    id,
    (content.panels[id]?.bindings ?? []).filter((wire) => wireKey(wire) !== key),
  );
}

function setWires(content: LayoutContent, id: string, wires: PanelBinding[]): LayoutContent {
  const panel = content.panels[id];
  if (!panel) return content;
  const { bindings: _before, ...rest } = panel;
  const bindings = tiedWires(content.panels, id, wires);
  return { ...content, panels: { ...content.panels, [id]: bindings.length > 0 ? { ...rest, bindings } : rest } };
}
