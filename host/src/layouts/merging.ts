import type { Layout, LayoutContent } from '@datamesh/contracts';
import { type Change, contentOf, diff, type Merged, merge3, resolveConflicts } from '@datamesh/layout';

/** What to do about a save in between: theirs since our base, and what comes out when both are taken together. */
export interface MergeProposal {
  theirs: Layout;
  /** What the other one changed, for a person to read. */
  changes: Change[];
  merged: Merged;
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
