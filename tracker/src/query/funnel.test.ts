import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FunnelCount, type FunnelEvent, viewOfStep } from './funnel';
import { percentile } from './percentiles';
import type { FunnelStep } from './port';

function count(events: readonly FunnelEvent[], steps: number, windowMs: number): FunnelStep[] {
  const funnel = new FunnelCount(steps, windowMs);
  for (const event of events) funnel.add(event);
  return funnel.result();
}

/** Every chain there is, one by one. */
function fastestByTrying(events: readonly FunnelEvent[], steps: number, windowMs: number): (number | null)[] {
  const fastest: (number | null)[] = Array.from({ length: steps }, () => null);
  const follow = (step: number, from: number, began: number): void => {
    for (let index = from; index < events.length; index++) {
      const event = events[index];
      if (!event || ((event.matched >> step) & 1) === 0) continue;
      const first = step === 0 ? event.ts : began;
      const took = event.ts - first;
      if (took > windowMs) continue;
      fastest[step] = Math.min(fastest[step] ?? Number.POSITIVE_INFINITY, took);
      if (step + 1 < steps) follow(step + 1, index + 1, first);
    }
  };
  follow(0, 0, 0);
  return fastest;
}

const event = (visitor: string, ts: number, ...steps: number[]): FunnelEvent => ({
  visitor,
  ts,
  matched: steps.reduce((mask, step) => mask | (1 << step), 0),
});

describe('funnel', () => {
  it('counts who got at least so far, and how fast', () => {
    const events = [event('anna', 0, 0), event('ben', 5, 0), event('anna', 10, 1), event('ben', 25, 1), event('anna', 40, 2)];
    expect(count(events, 3, 1000)).toEqual([
      { visitors: 2, medianMs: 0 },
      { visitors: 2, medianMs: 10 },
      { visitors: 1, medianMs: 40 },
    ]);
  });

  it('needs the order of the steps, and all of them', () => {
    expect(count([event('a', 0, 1), event('a', 1, 0), event('a', 2, 2)], 3, 1000).map(({ visitors }) => visitors)).toEqual([1, 0, 0]);
  });

  it('takes one event for one step only, also where it matches several', () => {
    expect(count([event('a', 0, 0, 1)], 2, 1000)[1]).toEqual({ visitors: 0, medianMs: null });
    expect(count([event('a', 0, 0, 1), event('a', 0, 0, 1)], 2, 1000)[1]).toEqual({ visitors: 1, medianMs: 0 });
  });

  it('has a window from the first step on, its end included', () => {
    expect(count([event('a', 0, 0), event('a', 100, 1)], 2, 100)[1]).toMatchObject({ visitors: 1 });
    expect(count([event('a', 0, 0), event('a', 101, 1)], 2, 100)[1]).toMatchObject({ visitors: 0 });
    expect(count([event('a', 0, 0), event('a', 60, 1), event('a', 120, 2)], 3, 100)[2]).toMatchObject({ visitors: 0 });
  });

  it('begins again later where an earlier beginning has run out', () => {
    expect(count([event('a', 0, 0), event('a', 500, 0), event('a', 550, 1)], 2, 100)[1]).toEqual({ visitors: 1, medianMs: 50 });
  });

  it('agrees with trying every chain', () => {
    const drawn = fc.record({ visitor: fc.constantFrom('a', 'b', 'c'), ts: fc.nat(30), matched: fc.integer({ min: 1, max: 15 }) });
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 16 }), fc.integer({ min: 2, max: 4 }), fc.nat(30), (unordered, steps, windowMs) => {
        const events = [...unordered].sort((one, other) => one.ts - other.ts);
        const tried = ['a', 'b', 'c'].map((visitor) =>
          fastestByTrying(
            events.filter((each) => each.visitor === visitor),
            steps,
            windowMs,
          ),
        );
        const expected = Array.from({ length: steps }, (_, step) => {
          const times = tried.flatMap((fastest) => fastest[step] ?? []).sort((one, other) => one - other);
          return { visitors: times.length, medianMs: percentile(times, 50) };
        });
        expect(count(events, steps, windowMs)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('takes what counts as a view of each step', () => {
    expect(viewOfStep([], { dimension: 'path', value: '/' })).toBe('view');
    expect(viewOfStep([], { dimension: 'widget', value: 'notes' })).toBe('widget_view');
    expect(viewOfStep([], { dimension: 'event_name', value: 'signup' })).toBeNull();
    expect(viewOfStep([{ dimension: 'widget', value: 'notes' }], { dimension: 'path', value: '/' })).toBe('widget_view');
  });
});
