import type { LayoutContent, LayoutNode, Panel, StackNode } from '@datamesh/contracts';
import { append, createPanelId, type Place, placeNode } from './edit';
import { normalise, normaliseTree } from './normalise';
import { emptyStack, mapStacks, panelsOf, restrict } from './tree';
import { validate } from './validate';
import { withoutLooseWires } from './wires';

/** Panels as they stand to each other, outside of any layout. */
export interface PanelGroup {
  tree: LayoutNode;
  panels: Record<string, Panel>;
}

/** What a layout may hold, by its contract. */
export const MAX_PANELS = 200;
/** And one stack of it. */
const MAX_TABS = 100;

export interface PasteOptions {
  newId?: (content: LayoutContent) => string;
  /** Wires from panels that are not copied along: `keep` where the copies come from this very layout. Wires among the copies always come along. */
  outside?: 'keep' | 'drop';
}

/** Some of the panels, with their arrangement; ids that the layout does not have are ignored. */
export function copyPanels(content: LayoutContent, ids: readonly string[]): PanelGroup {
  const { tree, panels } = normalise(content);
  const wanted = new Set(ids);
  return {
    tree: restrict(tree, (id) => wanted.has(id)) ?? emptyStack(),
    panels: Object.fromEntries(Object.entries(panels).filter(([id]) => wanted.has(id))),
  };
}

/**
 * Copies of the panels, under ids of their own; `ids` are theirs, in reading order. Where the tree would become too deep they
 * are put at the end, and as tabs where it still would. The caller sees to it that there are no more than MAX_PANELS.
 */
export function pastePanels(
  content: LayoutContent,
  group: PanelGroup,
  place: Place,
  { newId = createPanelId, outside = 'drop' }: PasteOptions = {},
): { content: LayoutContent; ids: string[] } {
  const names = new Map<string, string>();
  let { panels } = content;
  for (const id of panelsOf(group.tree)) {
    const panel = group.panels[id];
    if (!panel) continue;
    const name = newId({ ...content, panels });
    names.set(id, name);
    panels = { ...panels, [name]: panel };
  }
  const renamed = (id: string): string[] => {
    const name = names.get(id);
    return name === undefined ? [] : [name];
  };
  const added = mapStacks(group.tree, (stack) => ({ ...stack, panels: stack.panels.flatMap(renamed) })) ?? emptyStack();
  const ids = [...names.values()];
  for (const [id, name] of names) {
    const { bindings, ...panel } = group.panels[id] ?? { widget: '' };
    const wires = bindings?.flatMap((wire) => {
      const from = names.get(wire.from) ?? (outside === 'keep' ? wire.from : undefined);
      return from === undefined ? [] : [{ ...wire, from }];
    });
    panels = { ...panels, [name]: structuredClone({ ...panel, ...(wires?.length ? { bindings: wires } : {}) }) };
  }
  panels = withoutLooseWires(panels);
  const fits = (tree: LayoutNode): boolean => validate({ tree, panels }).length === 0;
  const [wanted, atEnd] = [placeNode(content.tree, added, place), placeNode(content.tree, added, { at: 'end' })];
  const tree = fits(wanted) ? wanted : fits(atEnd) ? atEnd : normaliseTree(append(content.tree, asTabs(ids)));
  return { content: { ...content, panels, tree }, ids };
}

const asTabs = (ids: readonly string[]): StackNode[] =>
  Array.from({ length: Math.ceil(ids.length / MAX_TABS) }, (_, i) => ({
    type: 'stack',
    active: 0,
    panels: ids.slice(i * MAX_TABS, (i + 1) * MAX_TABS),
  }));
