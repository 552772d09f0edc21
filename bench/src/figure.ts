/** One line of the report, as data: two runs are compared by it. */

export type Unit = 'ms' | 'µs' | 'KB' | 'a second' | '';

export interface Figure {
  /** Stays the same from commit to commit: `opening.cold`. */
  id: string;
  what: string;
  value: number;
  unit: Unit;
  /** What it is set against in the same run, in the same unit. */
  against?: { what: string; value: number };
  /** Of the ratio where there is something to set it against, else of the value. */
  goal?: { most: number } | { least: number };
  /** How it was measured, and what else was seen. */
  note?: string;
}

export const ratioOf = ({ value, against }: Figure): number | undefined => (against ? value / against.value : undefined);

export function isMet(figure: Figure): boolean | undefined {
  const { goal } = figure;
  if (!goal) return undefined;
  const measured = ratioOf(figure) ?? figure.value;
  return 'most' in goal ? measured <= goal.most : measured >= goal.least;
}

export function formatFigure(value: number, unit: Unit): string {
  const digits = unit === 'KB' || (unit !== '' && unit !== 'a second' && value < 10) ? 1 : 0;
  return `${value.toFixed(digits)}${unit && ' '}${unit}`;
}
