import type { LayoutContent, LayoutNode } from '@datamesh/contracts';
import { hasPanel, stacksOf } from './tree';
import { isTied } from './wires';

export interface Violation {
  /** JSON pointer into the layout. */
  path: string;
  code: 'panel_unknown' | 'panel_twice' | 'panel_unplaced' | 'tree_too_deep' | 'split_empty' | 'wire_loose';
  message: string;
  /** Id of the panel that it is about. */
  panel?: string;
}

const DEEPEST = 12;

/** What the schema cannot say. An empty list means that every panel has exactly one place. Of a tree that is too deep, only that is said. */
export function validate(content: Pick<LayoutContent, 'tree' | 'panels'>): Violation[] {
  const found = shape(content.tree, []);
  if (found.some(({ code }) => code === 'tree_too_deep')) return found;
  const placed = new Set<string>();
  for (const { stack, path } of stacksOf(content.tree)) {
    const at = `${pointer(path)}/panels`;
    for (const id of stack.panels) {
      if (!hasPanel(content, id))
        found.push({ path: at, code: 'panel_unknown', message: `the tree places panel "${id}", which does not exist`, panel: id });
      if (placed.has(id)) found.push({ path: at, code: 'panel_twice', message: `panel "${id}" is placed twice`, panel: id });
      placed.add(id);
    }
  }
  for (const id of Object.keys(content.panels))
    if (!placed.has(id))
      found.push({ path: `/panels/${id}`, code: 'panel_unplaced', message: `panel "${id}" has no place in the tree`, panel: id });
  for (const [id, { bindings = [] }] of Object.entries(content.panels))
    for (const [i, wire] of bindings.entries())
      if (!isTied(content.panels, id, wire))
        found.push({
          path: `/panels/${id}/bindings/${i}/from`,
          code: 'wire_loose',
          message: `a wire of panel "${id}" comes from no other panel`,
          panel: id,
        });
  return found;
}

function shape(node: LayoutNode, path: number[]): Violation[] {
  if (node.type === 'stack') return [];
  if (path.length >= DEEPEST) return [{ path: pointer(path), code: 'tree_too_deep', message: `splits may be nested ${DEEPEST} deep` }];
  if (node.children.length === 0) return [{ path: pointer(path), code: 'split_empty', message: `a ${node.type} needs children` }];
  return node.children.flatMap((child, i) => shape(child.node, [...path, i]));
}

const pointer = (path: readonly number[]): string => `/tree${path.map((index) => `/children/${index}/node`).join('')}`;
