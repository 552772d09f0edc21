/** Who came back: visitors by the period in which they were first seen, and the later periods in which they were seen again. */
import type { Cohort } from './port';

/** Visitors that were seen in the same periods; bit i stands for period i. */
export interface SeenIn {
  periods: bigint;
  visitors: number;
}

/** As many as a bit mask of the engines can hold. */
export const MAX_PERIODS = 60;

export class RetentionCount {
  private readonly visitors = new Map<string, bigint>();

  constructor(private readonly periods: number) {}

  /** In any order, as often as one likes. */
  add(visitor: string, period: number): void {
    this.visitors.set(visitor, (this.visitors.get(visitor) ?? 0n) | (1n << BigInt(period)));
  }

  result(): Cohort[] {
    return cohortsOf(
      [...this.visitors.values()].map((periods) => ({ periods, visitors: 1 })),
      this.periods,
    );
  }
}

/** One cohort per period, also where nobody was seen first. */
export function cohortsOf(seen: readonly SeenIn[], periods: number): Cohort[] {
  const cohorts = Array.from({ length: periods }, (_, first): Cohort => ({ visitors: 0, returned: Array(periods - first).fill(0) }));
  for (const { periods: mask, visitors } of seen) {
    const first = firstOf(mask, periods);
    const cohort = first === null ? undefined : cohorts[first];
    if (first === null || !cohort) continue;
    cohort.visitors += visitors;
    cohort.returned.forEach((_, later) => {
      if (has(mask, first + later)) cohort.returned[later] = (cohort.returned[later] ?? 0) + visitors;
    });
  }
  return cohorts;
}

const has = (mask: bigint, period: number): boolean => ((mask >> BigInt(period)) & 1n) === 1n;

function firstOf(mask: bigint, periods: number): number | null {
  for (let period = 0; period < periods; period++) if (has(mask, period)) return period;
  return null;
}
