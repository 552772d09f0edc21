/** The distance between starts if it is always the same, as DuckDB then need not look anything up; null otherwise. */
export function evenStep(starts: readonly number[]): number | null {
  const [first, second] = starts;
  if (first === undefined) return null;
  if (second === undefined) return Number.MAX_SAFE_INTEGER;
  const step = second - first;
  return starts.every((start, index) => start === first + index * step) ? step : null;
}
