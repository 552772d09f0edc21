import { describe, expect, it } from 'vitest';
import { droppedAfter, healthOf, unhealthyAfter } from './lease';
import { outageAfter, ticked } from './watch';

describe('the watch over leases', () => {
  it('counts silence only while somebody listened', () => {
    let watch = ticked(null, 0);
    for (let now = 2000; now <= 20_000; now += 2000) watch = ticked(watch, now);
    expect(healthOf({ beatAt: 0 }, 20_000, watch.availableSince)).toBe('unhealthy');
    // Everything was down for an hour: nobody was heard, and nobody is blamed.
    const back = 20_000 + 3_600_000;
    watch = ticked(watch, back);
    expect(healthOf({ beatAt: 0 }, back, watch.availableSince)).toBe('healthy');
    expect(healthOf({ beatAt: 0 }, back + unhealthyAfter, watch.availableSince)).toBe('unhealthy');
    expect(healthOf({ beatAt: 0 }, back + droppedAfter, watch.availableSince)).toBe('dropped');
  });

  it('starts anew after a clock that jumped in either direction', () => {
    const watch = { availableSince: 0, tickedAt: 100_000 };
    expect(ticked(watch, 100_000 + outageAfter + 1).availableSince).toBe(100_000 + outageAfter + 1);
    expect(ticked(watch, 100_000 - outageAfter - 1)).toEqual({ availableSince: 89_999, tickedAt: 89_999 });
  });

  it('does not wait for a time that a clock has left again', () => {
    const watch = ticked({ availableSince: 0, tickedAt: 3_600_000 }, 1000);
    const lease = { beatAt: 3_600_000 };
    expect(healthOf(lease, 1000, watch.availableSince)).toBe('healthy');
    expect(healthOf(lease, 1000 + droppedAfter, watch.availableSince)).toBe('dropped');
    // A replica whose clock is a little ahead.
    expect(healthOf({ beatAt: 52_000 }, 50_000, 0)).toBe('healthy');
  });

  it('does not go back for a replica whose clock is a little behind', () => {
    expect(ticked({ availableSince: 0, tickedAt: 5000 }, 4000)).toEqual({ availableSince: 0, tickedAt: 5000 });
  });
});
