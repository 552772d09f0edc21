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
  query: { q: string; category: string | null; cursor?: string },
  signal: AbortSignal,
): Promise<CataloguePage> {
  const { q, category, cursor } = query;
  const answer = await ask(
    api.GET('/widgets', {
      params: { query: { limit: PAGE, ...(q ? { q } : {}), ...(category ? { category } : {}), ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  return { items: answer.items, next: answer.next, total: answer.total, categories: answer.categories ?? [] };
}
