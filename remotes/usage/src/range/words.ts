/** Ranges in words. Pure. */

import { formatInstant } from '@datamesh/widget-sdk';
import { say } from '../say';
import type { Brush } from './brush';
import { chosenSpan, PRESETS, type Range } from './range';
import { DAY, type Span } from './span';

/** Goes on after "no visits": `in the last 7 days`. */
export function rangeText(range: Range, brush: Brush | null): string {
  if (brush) return say('in this part of the range');
  if ('dates' in range) return say('in the dashboard’s dates');
  if (range.preset === 'today') return say('today');
  return say(`in the ${PRESETS.find(({ id }) => id === range.preset)?.title.toLowerCase() ?? 'range'}`);
}

/** What the brush holds; empty for all of it. */
export function partText(whole: Span, brush: Brush | null): string {
  const part = chosenSpan(whole, brush);
  if (!brush || (part.from === whole.from && part.to === whole.to)) return '';
  const days = part.to - part.from >= 2 * DAY;
  const write = (time: number): string =>
    formatInstant(time, { month: 'short', day: 'numeric', ...(days ? {} : { hour: 'numeric', minute: '2-digit' }) });
  return `${write(part.from)} – ${brush.to === null ? say('now') : write(days ? part.to - 1 : part.to)}`;
}
