/** A triangle of cohorts, ready to be drawn. Pure. */

import type { Retention } from '@datamesh/contracts';
import type { RetentionUnit } from '../api/tracker';
import { lengthOf } from '../range/range';
import { DAY, type Span } from '../range/span';
import { say } from '../say';

export interface Cell {
  visitors: number;
  /** In whole percent of the cohort. */
  percent: number;
}

export interface Line {
  start: string;
  visitors: number;
  /** The first period after the one they came in, and so on. */
  cells: Cell[];
}

/** From the first period on in which anybody came. */
export const linesOf = ({ cohorts }: Retention): Line[] =>
  cohorts
    .slice(
      Math.max(
        0,
        cohorts.findIndex(({ visitors }) => visitors > 0),
      ),
    )
    .map(({ start, visitors, returned }) => ({
      start,
      visitors,
      cells: returned.slice(1).map((count) => ({ visitors: count, percent: percentOf(count, visitors) })),
    }));

/** Whether the range holds all of its last period: one that goes on has only those who came back so far. */
export function endsWhole({ cohorts, unit }: Retention, to: number): boolean {
  const last = cohorts.at(-1);
  if (!last) return true;
  const next = new Date(last.start);
  if (unit === 'month') next.setMonth(next.getMonth() + 1);
  else next.setDate(next.getDate() + (unit === 'week' ? 7 : 1));
  return to >= next.getTime();
}

/** Over all cohorts that have wholly lived so long, weighed by their size; null where there is none. */
export function averageOf(lines: readonly Line[], column: number, whole: boolean): number | null {
  const old = lines.filter(({ cells, visitors }) => column < cells.length - (whole ? 0 : 1) && visitors > 0);
  const all = old.reduce((sum, { visitors }) => sum + visitors, 0);
  return all === 0
    ? null
    : percentOf(
        old.reduce((sum, { cells }) => sum + (cells[column]?.visitors ?? 0), 0),
        all,
      );
}

const UNITS: Record<RetentionUnit, number> = { day: DAY, week: 7 * DAY, month: 28 * DAY };
/** What the tracker answers. */
const MAX_COHORTS = 60;

/** What `auto` aims at: a triangle that can be read at once. */
const READABLE_COHORTS = 31;
export type WantedUnit = RetentionUnit | 'auto';

/** Why a unit cannot be had for a range, or null. */
export function unitError(unit: RetentionUnit, span: Span): string | null {
  if (unit !== 'day' && span.to - span.from < 2 * UNITS[unit]) return say('too wide for {length}', { length: lengthOf(span) });
  if ((span.to - span.from) / UNITS[unit] + 1 > MAX_COHORTS) return say('too fine for {length}', { length: lengthOf(span) });
  return null;
}

/** The wanted one where it can be had; else the finest that is readable over the range. */
export function unitFor(wanted: WantedUnit, span: Span): RetentionUnit {
  if (wanted !== 'auto' && unitError(wanted, span) === null) return wanted;
  return (['day', 'week'] as const).find((unit) => (span.to - span.from) / UNITS[unit] <= READABLE_COHORTS) ?? 'month';
}

const percentOf = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 100));
