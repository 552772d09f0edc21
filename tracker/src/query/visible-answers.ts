/** Series and top lists as somebody gets to see them; the same for an answer and for a file. */
import type { AnyDimension } from '@datamesh/contracts';
import type { BucketCount, QueryContext, QueryEngine, Scope, TopItem } from './port';
import { blanked, refuseFew, topWithoutFew, type Visibility, visibleScope } from './visibility';

export async function visibleSeries(
  engine: QueryEngine,
  asked: Scope,
  starts: readonly number[],
  visibility: Visibility,
  context: QueryContext,
): Promise<BucketCount[]> {
  const scope = visibleScope(visibility, asked);
  await refuseFew(engine, visibility, scope, context);
  const counted = await engine.series(scope, starts, context);
  if (scope.filters.length === 0) return counted;
  return blanked(
    counted,
    visibility,
    context,
    ({ visitors }) => visitors,
    ({ start }) => ({ start, views: 0, visitors: 0 }),
  );
}

/** Of lists that are not told in full: few visitors may have many views. */
const LOOKED_THROUGH = 100;

export async function visibleTop(
  engine: QueryEngine,
  asked: Scope,
  dimension: AnyDimension,
  limit: number,
  visibility: Visibility,
  context: QueryContext,
): Promise<TopItem[]> {
  const scope = visibleScope(visibility, asked);
  await refuseFew(engine, visibility, scope, context);
  const items = await engine.top(scope, dimension, visibility.least === 0 ? limit : Math.max(limit, LOOKED_THROUGH), context);
  return topWithoutFew(items, visibility, context, dimension).slice(0, limit);
}
