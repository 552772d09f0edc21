import type { Context, LayoutContent } from '@datamesh/contracts';

/** The dashboard-level filter of one context type: set, or cleared. */
export function setFilter(content: LayoutContent, filter: Context | { type: string; clear: true }): LayoutContent {
  const others = content.filters.filter(({ context }) => context.type !== filter.type);
  return { ...content, filters: 'clear' in filter && filter['clear'] === true ? others : [...others, { context: filter }] };
}
