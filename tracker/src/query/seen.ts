/** Series and top lists as somebody gets to see them; the same for an answer and for a file. */
import type { AnyDimension } from '@datamesh/contracts';
import type { Asking, BucketCount, QueryEngine, Scope, TopItem } from './port';
import { blanked, notFew, type Sight, seenBy, topEnough } from './sight';

export async function seriesSeen(
  engine: QueryEngine,
  asked: Scope,
  starts: readonly number[],
  sight: Sight,
  asking: Asking,
): Promise<BucketCount[]> {
  const scope = seenBy(sight, asked);
  await notFew(engine, sight, scope, asking);
  const counted = await engine.series(scope, starts, asking);
  if (scope.filters.length === 0) return counted;
  return blanked(
    counted,
    sight,
    asking,
    ({ visitors }) => visitors,
    ({ start }) => ({ start, views: 0, visitors: 0 }),
  );
}

/** Of lists that are not told in full: few visitors may have many views. */
const LOOKED_THROUGH = 100;

export async function topSeen(
  engine: QueryEngine,
  asked: Scope,
  dimension: AnyDimension,
  limit: number,
  sight: Sight,
  asking: Asking,
): Promise<TopItem[]> {
  const scope = seenBy(sight, asked);
  await notFew(engine, sight, scope, asking);
  const items = await engine.top(scope, dimension, sight.least === 0 ? limit : Math.max(limit, LOOKED_THROUGH), asking);
  return topEnough(items, sight, asking, dimension).slice(0, limit);
}
