import type { LayoutTitles } from '@datamesh/contracts';
import { api, ask } from '../api/client';

/** A question names so many layouts at most. */
const AT_ONCE = 50;

/** By the layouts' ids: what people call them and their panels, and how they stand; what one may not see is absent. Throws ApiProblem. */
export async function titlesOf(layouts: readonly string[]): Promise<Map<string, LayoutTitles>> {
  const found = new Map<string, LayoutTitles>();
  for (let at = 0; at < layouts.length; at += AT_ONCE) {
    const query = { id: layouts.slice(at, at + AT_ONCE), include: 'tree' as const };
    for (const one of (await ask(api.GET('/layout-titles', { params: { query } }))).items) found.set(one.id, one);
  }
  return found;
}
