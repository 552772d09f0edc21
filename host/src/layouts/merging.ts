import type { Layout, LayoutContent, LayoutContentInput } from '@datamesh/contracts';
import { type Change, type Conflict, contentOf, diff, type Merged, merge3, resolveConflicts } from '@datamesh/layout';

/** What to do about a save in between: theirs since our base, and what comes out when both are taken together. */
export interface MergeProposal {
  theirs: Layout;
  /** What the other one changed, for a person to read. */
  changes: Change[];
  merged: Merged;
}

/** What clashes of one panel, or of the layout itself: chosen together, so that no panel becomes half of each. */
export interface ConflictGroup {
  key: string;
  conflicts: Conflict[];
}

export function byPanel(conflicts: readonly Conflict[]): ConflictGroup[] {
  const groups = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const [room, id] = conflict.path.split('/');
    const key = room === 'panels' ? `panels/${id}` : conflict.path;
    groups.set(key, [...(groups.get(key) ?? []), conflict]);
  }
  return [...groups].map(([key, all]) => ({ key, conflicts: all }));
}

/**
 * What a copy takes in of its original. Title and sharing are the copy's own, so they neither clash nor change; `mine` are the copy's values.
 */
export function proposePull(mine: LayoutContent, base: LayoutContentInput, original: Layout): MergeProposal {
  const { title, department, visibility, grants } = mine;
  const own = { title, department, visibility, grants };
  return proposeMerge({ ...contentOf(base), ...own }, mine, { ...original, ...own });
}

export type Choices = Readonly<Record<string, 'mine' | 'theirs'>>;

export function proposeMerge(base: LayoutContent, mine: LayoutContent, theirs: Layout): MergeProposal {
  const other = contentOf(theirs);
  return { theirs, changes: diff(base, other), merged: merge3(base, mine, other) };
}

/** Both changes of a base; where they clash, the first one's. */
export const withBoth = (base: LayoutContent, mine: LayoutContent, theirs: LayoutContent): LayoutContent =>
  merge3(base, mine, theirs).content;

export const settle = (proposal: MergeProposal, choices: Choices): LayoutContent => resolveConflicts(proposal.merged, choices);
