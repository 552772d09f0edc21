import { percentile } from '../../../tracker/src/query/percentiles';

export interface Timing {
  /** Milliseconds. */
  p50: number;
  p95: number;
  count: number;
}

export function timingOf(milliseconds: readonly number[]): Timing {
  const ascending = [...milliseconds].sort((a, b) => a - b);
  return { p50: percentile(ascending, 50) ?? Number.NaN, p95: percentile(ascending, 95) ?? Number.NaN, count: ascending.length };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
