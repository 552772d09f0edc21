import type { LayoutSummary } from '@datamesh/contracts';
import { api, ask } from '../api/client';

/** Every layout one may see, newest first. Throws ApiProblem. */
export async function everyLayout(): Promise<LayoutSummary[]> {
  const items: LayoutSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: LayoutSummary[]; next: string | null } = await ask(
      api.GET('/layouts', { params: { query: { limit: 200, ...(cursor ? { cursor } : {}) } } }),
    );
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}
