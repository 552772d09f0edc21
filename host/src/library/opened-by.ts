import { ask } from '../api/client';
import { figures, lastDays } from '../api/figures';

/** What the tracker answers at most: the layouts that were looked at most. */
const MAX_ITEMS = 100;

export interface Opened {
  /** How many people, by the layout's id. */
  by: ReadonlyMap<string, number>;
  /** What fewer people did is not told to the asker; null: all is told. */
  least: number | null;
}

/** How many people opened a layout in 30 days: of the most opened ones, as far as the asker may know. Throws ApiProblem. */
export async function openedBy(): Promise<Opened> {
  const query = { ...lastDays(Date.now()), dimension: 'layout_id', limit: MAX_ITEMS };
  const { items, partial = [] } = await ask(figures.GET('/top', { params: { query } }));
  const few = partial.find(({ code }) => code === 'few_visitors');
  return { by: new Map(items.map(({ value, visitors }) => [value, visitors])), least: few?.least ?? null };
}
