import { ask } from '../api/client';
import { figures, lastDays } from '../api/figures';

/** What the tracker answers at most: the layouts that were looked at most. */
const MAX_ITEMS = 100;

/** How many people opened a layout in 30 days, by its id: of the most opened ones, as far as the asker may know. Throws ApiProblem. */
export async function openedBy(): Promise<ReadonlyMap<string, number>> {
  const query = { ...lastDays(Date.now()), dimension: 'layout_id', limit: MAX_ITEMS };
  const { items } = await ask(figures.GET('/top', { params: { query } }));
  return new Map(items.map(({ value, visitors }) => [value, visitors]));
}
