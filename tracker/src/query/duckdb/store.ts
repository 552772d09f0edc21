/** What questions are put to: the events, and the sums beside them. */
import type { QueryContext, Scope } from '../port';
import type { Read } from './read';
import type { Rows, Snapshot } from './snapshot';
import { type Reach, reachOf } from './summed';

export interface Store {
  read: Read;
  snapshot: Snapshot;
}

/** What the sums answer, as of one moment, and how far they are behind; null where they do not know. */
export async function summedOf<T>(
  { snapshot }: Store,
  scope: Scope,
  context: QueryContext,
  ask: (rows: Rows, reach: Reach) => Promise<T | null>,
): Promise<T | null> {
  // Sums are of a site as a whole.
  if (scope.filters.length > 0 || scope.only) return null;
  return snapshot(context.signal, async (rows) => {
    const reach = await reachOf(rows, scope.site);
    const answer = await ask(rows, reach);
    context.behind?.(reach.behind);
    return answer;
  });
}
