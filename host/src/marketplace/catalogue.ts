import type { WidgetSummary } from '@datamesh/contracts';
import { api, ask } from '../api/client';

export interface CataloguePage {
  items: WidgetSummary[];
  next: string | null;
  total: number;
  categories: string[];
}

const PAGE = 50;

export async function findWidgets(
  query: { q: string; category: string | null; publisher?: string | null; cursor?: string },
  signal: AbortSignal,
): Promise<CataloguePage> {
  const { q, category, publisher, cursor } = query;
  const answer = await ask(
    api.GET('/widgets', {
      params: {
        query: {
          limit: PAGE,
          ...(q ? { q } : {}),
          ...(category ? { category } : {}),
          ...(publisher ? { publisher } : {}),
          ...(cursor ? { cursor } : {}),
        },
      },
      signal,
    }),
  );
  return { items: answer.items, next: answer.next, total: answer.total, categories: answer.categories ?? [] };
}

/** Every widget, of one team or of all, as far as `most` goes, in the order of the marketplace. */
export async function everyWidget({
  publisher,
  most = Number.POSITIVE_INFINITY,
}: {
  publisher?: string;
  most?: number;
} = {}): Promise<WidgetSummary[]> {
  const items: WidgetSummary[] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: 200, ...(publisher ? { publisher } : {}), ...(cursor ? { cursor } : {}) };
    const page: { items: WidgetSummary[]; next: string | null } = await ask(api.GET('/widgets', { params: { query } }));
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && items.length < most);
  return items;
}
