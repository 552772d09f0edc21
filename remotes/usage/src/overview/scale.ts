/** The height axis: round numbers, few of them. Pure. */

/** Whole lines to draw, ascending without zero; the last one is at or above `most`. */
export function gridOf(most: number, lines: number): number[] {
  if (most <= 0 || lines < 1) return [];
  const rough = most / lines;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough);
  return Array.from({ length: Math.ceil(most / step) }, (_, index) => (index + 1) * step);
}

/** 1.2K: for the axis only, figures are written in full. */
export const shortNumber = (value: number): string =>
  new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
