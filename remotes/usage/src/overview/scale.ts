/** The height axis: round numbers, few of them. Pure. */

/** Whole numbers to draw a line at, ascending without zero and none above `most`: the height belongs to the bars. */
export function gridOf(most: number, lines: number): number[] {
  if (most < 1 || lines < 1) return [];
  // None is more than twice the one before: the first with few enough lines has at least one.
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 4, 5].map((factor) => factor * power).find((size) => Math.floor(most / size) <= lines);
    if (step !== undefined) return Array.from({ length: Math.floor(most / step) }, (_, index) => (index + 1) * step);
  }
}

/** 1.2K: for the axis only, figures are written in full. */
export const shortNumber = (value: number): string =>
  new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
