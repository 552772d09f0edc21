import type { LayoutNode, LayoutSummary } from '@datamesh/contracts';
import { api, ask } from '../api/client';

export const SCOPES = ['all', 'recent', 'starred', 'mine', 'shared', 'department', 'company', 'bin'] as const;
export type Scope = (typeof SCOPES)[number];

export const SORTS = ['changed', 'title'] as const;
export type Sort = (typeof SORTS)[number];

export interface LibraryQuestion {
  scope: Scope;
  /** Words of titles, as typed. */
  q: string;
  sort: Sort;
}

export interface LibraryPage {
  items: LayoutSummary[];
  next: string | null;
}

/** As many as their pictures are asked for at once. */
const PAGE = 48;

export const findLayouts = ({ scope, q, sort }: LibraryQuestion, cursor: string | null, signal: AbortSignal): Promise<LibraryPage> =>
  ask(api.GET('/layouts', { params: { query: { scope, sort, limit: PAGE, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) } }, signal }));

/** Of all of them by their words, the most recently changed ones. */
export const searchLayouts = (q: string, signal: AbortSignal): Promise<LibraryPage> =>
  findLayouts({ scope: 'all', q, sort: 'changed' }, null, signal);

/** How each stands, by its id; what one may not see any more is absent. */
export async function treesOf(ids: readonly string[], signal: AbortSignal): Promise<Map<string, LayoutNode>> {
  if (ids.length === 0) return new Map();
  const { items } = await ask(api.GET('/layout-titles', { params: { query: { id: [...ids], include: 'tree' } }, signal }));
  return new Map(items.flatMap(({ id, tree }) => (tree ? [[id, tree] as const] : [])));
}
