/** A series by the clocks of zones that are off the hour, or set theirs: the site `clocks`, an event at each quarter of an hour, counted one by one. */
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../events/event';
import { type Bucket, bucketStarts } from '../../query/buckets';
import type { QueryEngine } from '../../query/port';
import { context, scope, storedEvent } from './events';

const QUARTER = 900_000;
/** Over each of these clocks are set somewhere: Lord Howe by half an hour, Adelaide and Berlin by one; on the last they go on. */
const NIGHTS = ['2026-04-04T10:00Z', '2026-10-03T10:00Z', '2026-10-24T20:00Z', '2026-11-10T12:00Z'].map((time) => Date.parse(time));
const QUARTERS = 60;

export const zoneEvents = (): StoredEvent[] =>
  NIGHTS.flatMap((night) =>
    Array.from({ length: QUARTERS }, (_, index) =>
      // Just before and at the quarter in turn; visitors come back after an hour and after four.
      storedEvent({
        site_id: 'clocks',
        ts: night + index * QUARTER - (index % 2),
        visitor_id: `v${index % 4}`,
        session_id: `${night}-${index % 16}`,
        path: `/${index % 3}`,
        event_name: index % 5 === 0 ? 'signup' : 'view',
      }),
    ),
  );

const ZONES = ['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Europe/Berlin', 'America/St_Johns'];

export function zoneAnswers(engine: () => QueryEngine): void {
  const cases = ZONES.flatMap((zone) => (['hour', 'day', 'week'] as Bucket[]).map((bucket) => [zone, bucket] as const));
  it.each(cases)('by the clocks of %s, each %s', async (zone, bucket) => {
    for (const night of NIGHTS) {
      // From within a bucket to within another.
      const asked = scope({ site: 'clocks', from: night + 7 * 60_000, to: night + 50 * QUARTER + 1 });
      const { starts } = bucketStarts({ ...asked, bucket, zone, weekStart: 'sunday' });
      const counts = starts.map((start) => ({ start, views: 0, seen: new Set<string>() }));
      for (const event of zoneEvents()) {
        if (event.ts < asked.from || event.ts >= asked.to) continue;
        const count = counts.findLast(({ start }) => start <= event.ts);
        count?.seen.add(event.visitor_id);
        if (count && event.event_name === 'view') count.views++;
      }
      expect(await engine().series(asked, starts, context)).toEqual(
        counts.filter(({ seen }) => seen.size > 0).map(({ start, views, seen }) => ({ start, views, visitors: seen.size })),
      );
    }
  });
}
