import type { LayoutNode } from '@datamesh/contracts';
import { emptyLayout, normalise } from '@datamesh/layout';

const CARRIER = emptyLayout('');

/** The normal shape of a tree alone: no empty or single-child splits, no row directly in a row, shares that sum to 1. */
export const normaliseTree = (tree: LayoutNode): LayoutNode => normalise({ ...CARRIER, tree }).tree;
