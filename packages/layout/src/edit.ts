import type { LayoutContent, LayoutNode, Panel, SplitNode } from '@datamesh/contracts';
import { normaliseTree } from './normalise';
import { emptyStack, hasPanel, mapStacks, panelsOf, pathOf, restrict, stackOf } from './tree';
import { withoutLooseWires } from './wires';

export type Side = 'left' | 'right' | 'top' | 'bottom';
/**
 * Where a panel goes: last of all, along an edge of the whole, beside the stack of another panel, as a tab into that stack, or
 * between two neighbours of a split, each named by a panel in it. A place that is gone by then means last of all.
 */
export type Place =
  | { at: 'end' }
  | { edge: Side }
  | { beside: string; side: Side }
  | { into: string; index?: number }
  | { between: readonly [string, string] };

/** The keyboard never makes a part smaller than this share of its parent. */
const SMALLEST = 0.05;
/** What a panel gets along an edge of the whole: all others keep their arrangement in the rest. */
const AT_EDGE = 1 / 3;

export function emptyLayout(title: string): LayoutContent {
  return {
    title,
    department: null,
    visibility: 'private',
    grants: [],
    tree: emptyStack(),
    panels: {},
    defaultChannel: 'blue',
    filters: [],
  };
}

/** Random, so that two people who add a panel at the same time do not name it alike. */
export function createPanelId(content: LayoutContent, random: () => number = Math.random): string {
  for (;;) {
    const id = `p${Math.floor(random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0')}`;
    if (!hasPanel(content, id)) return id;
  }
}

export function addPanel(content: LayoutContent, id: string, panel: Panel, place: Place): LayoutContent {
  const without = restrict(content.tree, (other) => other !== id) ?? emptyStack();
  return { ...content, panels: { ...content.panels, [id]: panel }, tree: placePanel(without, id, place) };
}

/** Unchanged when the panel is unknown, or when it would be put beside itself. */
export function movePanel(content: LayoutContent, id: string, place: Place): LayoutContent {
  const path = pathOf(content.tree, id);
  if (!path) return content;
  const anchored = anchor(content.tree, id, place);
  if (!anchored) return content;
  const without = restrict(content.tree, (other) => other !== id) ?? emptyStack();
  return { ...content, tree: placePanel(without, id, anchored) };
}

/** A panel cannot be its own neighbour: another one of its stack stands for the place, if there is one. */
function anchor(tree: LayoutNode, id: string, place: Place): Place | undefined {
  if ('between' in place) return place.between.includes(id) ? undefined : place;
  const target = 'beside' in place ? place.beside : 'into' in place ? place.into : undefined;
  if (target !== id) return place;
  const neighbour = stackOf(tree, id)?.panels.find((other) => other !== id);
  if (!neighbour) return undefined;
  return 'beside' in place ? { ...place, beside: neighbour } : { ...place, into: neighbour };
}

/** The wires that came from it go as well. */
export function removePanel(content: LayoutContent, id: string): LayoutContent {
  const { [id]: _gone, ...panels } = content.panels;
  const tree = normaliseTree(restrict(content.tree, (other) => other !== id) ?? emptyStack());
  return { ...content, panels: withoutLooseWires(panels), tree };
}

export function setPanel(content: LayoutContent, id: string, patch: Partial<Panel>): LayoutContent {
  const panel = content.panels[id];
  return panel ? { ...content, panels: { ...content.panels, [id]: { ...panel, ...patch } } } : content;
}

/** Merges into the panel's settings; undefined as a value takes a setting back to its default. */
export function setSettings(content: LayoutContent, id: string, patch: Record<string, unknown>): LayoutContent {
  const settings: Record<string, unknown> = { ...content.panels[id]?.settings };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) delete settings[key];
    else settings[key] = value;
  }
  return setPanel(content, id, { settings });
}

/** Another arrangement: panels that it leaves out are gone, ids that it invents are ignored. */
export function setTree(content: LayoutContent, tree: LayoutNode): LayoutContent {
  const known = normaliseTree(restrict(tree, (id) => hasPanel(content, id)) ?? emptyStack());
  const placed = new Set(panelsOf(known));
  const panels = Object.fromEntries(Object.entries(content.panels).filter(([id]) => placed.has(id)));
  return { ...content, tree: known, panels: withoutLooseWires(panels) };
}

export function activatePanel(content: LayoutContent, id: string): LayoutContent {
  const tree = mapStacks(content.tree, (stack) =>
    stack.panels.includes(id) && stack.panels[stack.active] !== id ? { ...stack, active: stack.panels.indexOf(id) } : stack,
  );
  return tree ? { ...content, tree } : content;
}

/**
 * Makes the panel's part of the nearest row (width) or column (height) larger or smaller by `delta`, a share of that split;
 * its next neighbour, or the one before when it is last, pays.
 */
export function resizePanel(content: LayoutContent, id: string, dimension: 'width' | 'height', delta: number): LayoutContent {
  const path = pathOf(content.tree, id);
  if (!path) return content;
  const wanted = dimension === 'width' ? 'row' : 'column';
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const split = nodeAt(content.tree, path.slice(0, depth));
    const index = path[depth];
    if (split?.type !== wanted || index === undefined || split.children.length < 2) continue;
    const other = index + 1 < split.children.length ? index + 1 : index - 1;
    const total = split.children.reduce((all, child) => all + child.size, 0);
    const own = (split.children[index]?.size ?? 0) / total;
    const theirs = (split.children[other]?.size ?? 0) / total;
    const change = Math.min(Math.max(delta, Math.min(0, SMALLEST - own)), Math.max(0, theirs - SMALLEST));
    const children = split.children.map((child, i) => ({
      ...child,
      size: child.size / total + (i === index ? change : i === other ? -change : 0),
    }));
    return { ...content, tree: replaceAt(content.tree, path.slice(0, depth), { ...split, children }) };
  }
  return content;
}

/**
 * A splitter at `position` (0 to 1) between the child at `index` of the split at `path` and the next one: the two share what
 * they have together, everything else keeps its size. Unchanged where there is no such splitter.
 */
export function moveSplitter(content: LayoutContent, path: readonly number[], index: number, position: number): LayoutContent {
  const split = nodeAt(content.tree, path);
  const [before, after] = split && split.type !== 'stack' ? split.children.slice(index, index + 2) : [];
  if (!split || split.type === 'stack' || !before || !after) return content;
  const together = before.size + after.size;
  const share = Math.min(1, Math.max(0, position));
  const children = split.children.map((child) =>
    child === before ? { ...child, size: together * share } : child === after ? { ...child, size: together * (1 - share) } : child,
  );
  return { ...content, tree: normaliseTree(replaceAt(content.tree, path, { ...split, children })) };
}

const placePanel = (tree: LayoutNode, id: string, place: Place): LayoutNode =>
  placeNode(tree, { type: 'stack', active: 0, panels: [id] }, place);

/** Several panels go as tabs `into` a stack, and anywhere else as they stand to each other. */
export function placeNode(tree: LayoutNode, added: LayoutNode, place: Place): LayoutNode {
  if ('edge' in place && !(tree.type === 'stack' && tree.panels.length === 0))
    return normaliseTree(splitOf(tree, added, place.edge, AT_EDGE));
  if ('between' in place) return normaliseTree(insertBetween(tree, place.between, added) ?? append(tree, [added]));
  const target = 'beside' in place ? place.beside : 'into' in place ? place.into : undefined;
  const path = target === undefined ? undefined : pathOf(tree, target);
  if (!path) return normaliseTree(append(tree, [added]));
  const stack = nodeAt(tree, path);
  if (stack?.type !== 'stack') return normaliseTree(append(tree, [added]));
  if ('beside' in place) return normaliseTree(replaceAt(tree, path, splitOf(stack, added, place.side)));
  const index =
    'into' in place && place.index !== undefined ? Math.min(Math.max(0, place.index), stack.panels.length) : stack.panels.length;
  return normaliseTree(
    replaceAt(tree, path, { type: 'stack', active: index, panels: stack.panels.toSpliced(index, 0, ...panelsOf(added)) }),
  );
}

/** Where the ways to the two part: it gets an equal share, and all others keep theirs among each other. undefined where they do not part. */
function insertBetween(tree: LayoutNode, [one, other]: readonly [string, string], added: LayoutNode): LayoutNode | undefined {
  const [from, to] = [pathOf(tree, one), pathOf(tree, other)];
  const depth = from && to ? from.findIndex((index, at) => index !== to[at]) : -1;
  const [first, second] = [from?.[depth], to?.[depth]];
  if (!from || first === undefined || second === undefined) return undefined;
  const path = from.slice(0, depth);
  const split = nodeAt(tree, path);
  if (!split || split.type === 'stack') return undefined;
  const share = split.children.reduce((all, child) => all + child.size, 0) / split.children.length;
  const at = first < second ? first + 1 : first;
  return replaceAt(tree, path, { ...split, children: split.children.toSpliced(at, 0, { size: share, node: added }) });
}

/** `share` is what the added one gets. */
function splitOf(there: LayoutNode, added: LayoutNode, side: Side, share = 0.5): SplitNode {
  const children = [
    { size: share, node: added },
    { size: 1 - share, node: there },
  ];
  if (side === 'right' || side === 'bottom') children.reverse();
  return { type: side === 'left' || side === 'right' ? 'row' : 'column', children };
}

/** An equal share each beside what is there, in the direction that the root has. */
export function append(tree: LayoutNode, added: readonly LayoutNode[]): LayoutNode {
  const [first, ...others] = added;
  if (!first) return tree;
  if (tree.type === 'stack' && tree.panels.length === 0) return append(first, others);
  const split: SplitNode = tree.type === 'stack' ? { type: 'row', children: [{ size: 1, node: tree }] } : tree;
  const share = split.children.reduce((all, child) => all + child.size, 0) / split.children.length;
  return { ...split, children: [...split.children, ...added.map((node) => ({ size: share, node }))] };
}

function nodeAt(tree: LayoutNode, path: readonly number[]): LayoutNode | undefined {
  let node: LayoutNode | undefined = tree;
  for (const index of path) node = node?.type === 'stack' ? undefined : node?.children[index]?.node;
  return node;
}

function replaceAt(tree: LayoutNode, path: readonly number[], next: LayoutNode): LayoutNode {
  const above: { split: SplitNode; index: number }[] = [];
  let node: LayoutNode | undefined = tree;
  for (const index of path) {
    if (node?.type !== 'row' && node?.type !== 'column') break;
    above.push({ split: node, index });
    node = node.children[index]?.node;
  }
  return above.reduceRight<LayoutNode>(
    (below, { split, index }) => ({
      ...split,
      children: split.children.map((child, i) => (i === index ? { ...child, node: below } : child)),
    }),
    next,
  );
}
