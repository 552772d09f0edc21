import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import { normalise, normaliseTree } from './normalise';
import { emptyStack, hasPanel, panelsOf, restrict } from './tree';
import { wireKey } from './wires';

/** What of a split nobody sees: about one pixel on a wide screen. */
const UNSEEN = 0.001;

export interface Change {
  /** `title`, `tree`, `panels/p1`, `panels/p1/settings/symbol`, `filters/fdc3.timeRange` … */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  /** What people call the panel that it is about; null: none, but the layout itself. */
  panel: string | null;
  before: unknown;
  after: unknown;
}

/** Whether a person could tell the two apart. Which tab of a stack is in front is not a difference worth saving. */
export const equal = (a: LayoutContent, b: LayoutContent): boolean => diff(a, b).length === 0;

export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  );
}

/** Same places, shares within a pixel. */
export function sameTree(one: LayoutNode, another: LayoutNode): boolean {
  const pairs: [LayoutNode, LayoutNode][] = [[one, another]];
  for (let next = pairs.pop(); next; next = pairs.pop()) {
    const [a, b] = next;
    if (a.type === 'stack' || b.type === 'stack') {
      if (a.type !== b.type || !('panels' in a) || !('panels' in b) || String(a.panels) !== String(b.panels)) return false;
      continue;
    }
    if (a.type !== b.type || a.children.length !== b.children.length) return false;
    for (const [i, { size, node }] of a.children.entries()) {
      const other = b.children[i];
      if (!other || Math.abs(size - other.size) > UNSEEN) return false;
      pairs.push([node, other.node]);
    }
  }
  return true;
}

/** The arrangement of some panels, as it would be without the others. */
export const arrangementOf = (tree: LayoutNode, keep: ReadonlySet<string>): LayoutNode =>
  normaliseTree(restrict(tree, (id) => keep.has(id)) ?? emptyStack());

/** Every value of a layout that changes on its own, by path. Panels are present as a whole and part by part. */
export function leavesOf(content: LayoutContent): Map<string, unknown> {
  const leaves = new Map<string, unknown>([
    ['title', content.title],
    ['department', content.department],
    ['visibility', content.visibility],
    ['grants', content.grants],
    ['defaultChannel', content.defaultChannel],
  ]);
  for (const { context } of content.filters) leaves.set(`filters/${context.type}`, context);
  for (const [id, panel] of Object.entries(content.panels)) {
    leaves.set(`panels/${id}`, panel.widget.split('@')[0]);
    leaves.set(`panels/${id}/widget`, panel.widget);
    leaves.set(`panels/${id}/title`, panel.title ?? null);
    leaves.set(`panels/${id}/channel`, panel.channel ?? null);
    leaves.set(`panels/${id}/direction`, panel.direction ?? 'both');
    for (const wire of panel.bindings ?? []) leaves.set(`panels/${id}/bindings/${wireKey(wire)}`, wire);
    for (const [name, value] of Object.entries(panel.settings ?? {})) leaves.set(`panels/${id}/settings/${name}`, value);
  }
  return leaves;
}

/** Ordered: the layout's own, then panels, then the arrangement. Empty exactly when the two are `equal`. */
export function diff(before: LayoutContent, after: LayoutContent): Change[] {
  const [a, b] = [normalise(before), normalise(after)];
  const [from, to] = [leavesOf(a), leavesOf(b)];
  const changes: Change[] = [];
  for (const path of new Set([...from.keys(), ...to.keys()])) {
    const [, panel, ...rest] = path.startsWith('panels/') ? path.split('/') : [];
    const whole = panel !== undefined && (!hasPanel(a, panel) || !hasPanel(b, panel));
    // A panel that comes or goes is one change, not one for each of its parts.
    if (whole && rest.length > 0) continue;
    const [old, now] = whole ? [a.panels[panel] ?? null, b.panels[panel] ?? null] : [from.get(path), to.get(path)];
    if (sameValue(old ?? null, now ?? null)) continue;
    const kind = !from.has(path) ? 'added' : !to.has(path) ? 'removed' : 'changed';
    changes.push({ path, kind, panel: panelName(path, b, a), before: old ?? null, after: now ?? null });
  }
  const there = new Set(panelsOf(b.tree));
  const both = new Set(panelsOf(a.tree).filter((id) => there.has(id)));
  if (!sameTree(arrangementOf(a.tree, both), arrangementOf(b.tree, both)))
    changes.push({ path: 'tree', kind: 'changed', panel: null, before: a.tree, after: b.tree });
  return changes;
}

/** Of the panel that a path is in, by the first content that has it. */
export function panelName(path: string, ...contents: LayoutContent[]): string | null {
  const [room, id] = path.split('/');
  if (room !== 'panels' || id === undefined) return null;
  const panel = contents.map((content) => content.panels[id]).find((found) => found !== undefined);
  return panel?.title || (panel?.widget.split('@')[0] ?? id);
}
