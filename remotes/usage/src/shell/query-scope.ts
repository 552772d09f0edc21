/** What every view is asked for: one site, one range, one set of filters. Plain data, so that two scopes can be told apart. */
import type { Clock, Question } from '../api/tracker';
import type { Filter } from '../filters/filters';
import type { Brush } from '../range/brush';
import { chosenSpan, pace, type Range, wholeSpan } from '../range/range';

export interface QueryScope {
  site: string;
  range: Range;
  brush: Brush | null;
  filters: readonly Filter[];
  clock: Clock;
}

/** The question about what the brush holds. */
export const questionOf = ({ site, range, brush, filters }: QueryScope, now: number): Question => ({
  site,
  filters,
  span: chosenSpan(wholeSpan(range, now), brush),
});

export const pollIntervalOf = ({ range }: QueryScope, now: number): number => pace(wholeSpan(range, now), now);
