/** What every view is asked for: one site, one range, one set of filters. Plain data, so that two looks can be told apart. */
import type { Clock, Question } from '../ask/tracker';
import type { Filter } from '../filters/filters';
import type { Brush } from '../range/brush';
import { chosenSpan, pace, type Range, wholeSpan } from '../range/range';

export interface Look {
  site: string;
  range: Range;
  brush: Brush | null;
  filters: readonly Filter[];
  clock: Clock;
}

/** The question about what the brush holds. */
export const questionOf = ({ site, range, brush, filters }: Look, now: number): Question => ({
  site,
  filters,
  span: chosenSpan(wholeSpan(range, now), brush),
});

export const paceOf = ({ range }: Look, now: number): number => pace(wholeSpan(range, now), now);
