/** A series as it is shown: every bucket has its point, also where nothing happened. */
import type { Series } from '@datamesh/contracts';
import type { BucketCount } from './port';

export function pointsOf(counts: readonly BucketCount[], starts: readonly number[]): Series['points'] {
  const byStart = new Map(counts.map((count) => [count.start, count]));
  return starts.map((start) => {
    const { views = 0, visitors = 0 } = byStart.get(start) ?? {};
    return { t: new Date(start).toISOString(), views, visitors };
  });
}
