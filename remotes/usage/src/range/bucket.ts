/** How wide a bar is. Pure. */
import { say } from '../say';
import { lengthOf } from './range';
import { DAY, type Span } from './span';

export type Bucket = 'minute' | 'five-minutes' | 'hour' | 'day' | 'week' | 'month';
export type WantedBucket = Bucket | 'auto';

const MINUTE = 60_000;

export const BUCKETS: readonly { id: Bucket; title: string; width: number }[] = [
  { id: 'minute', title: 'Minute', width: MINUTE },
  { id: 'five-minutes', title: '5 minutes', width: 5 * MINUTE },
  { id: 'hour', title: 'Hour', width: 60 * MINUTE },
  { id: 'day', title: 'Day', width: DAY },
  { id: 'week', title: 'Week', width: 7 * DAY },
  { id: 'month', title: 'Month', width: 28 * DAY },
];
/** More bars than a wide screen has room for. */
const MAX_BARS = 750;
/** What `auto` aims at: bars that can be told apart and pointed at. */
const WIDE_BARS = 200;
const NARROW_BARS = 100;

export const isBucket = (value: unknown): value is WantedBucket => value === 'auto' || BUCKETS.some(({ id }) => id === value);

/** Why a bucket cannot be had for a range, or null. */
export function bucketError(bucket: Bucket, span: Span): string | null {
  return barsOf(bucket, span) > MAX_BARS ? say('too fine for {length}', { length: lengthOf(span) }) : null;
}

/** The wanted one where it can be had; else the finest that is readable at this width of the chart. */
export function bucketFor(wanted: WantedBucket, span: Span, narrow: boolean): Bucket {
  if (wanted !== 'auto' && bucketError(wanted, span) === null) return wanted;
  const most = narrow ? NARROW_BARS : WIDE_BARS;
  return BUCKETS.find(({ id }) => id !== 'week' && barsOf(id, span) <= most)?.id ?? 'month';
}

function barsOf(bucket: Bucket, { from, to }: Span): number {
  const width = BUCKETS.find(({ id }) => id === bucket)?.width ?? DAY;
  return (to - from) / width;
}
