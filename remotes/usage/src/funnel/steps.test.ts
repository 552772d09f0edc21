import { describe, expect, it } from 'vitest';
import { complete, editable, moveStep, readSteps, resultsOf, type Step, writeSteps } from './steps';

const steps: Step[] = [
  { dimension: 'path', value: '/' },
  { dimension: 'event_name', value: 'sign:up' },
  { dimension: 'props.plan', value: 'pro' },
];

describe('steps of a funnel', () => {
  it('come back from settings as they were', () => {
    expect(readSteps(writeSteps(steps))).toEqual(steps);
  });

  it('that say nothing are left out: by hand, or not yet written', () => {
    expect(readSteps(['path:', 'nonsense', ':x', 'constructor:x', 7, 'path:/a'])).toEqual([{ dimension: 'path', value: '/a' }]);
    expect(readSteps('path:/a')).toEqual([]);
    expect(complete([...steps, { dimension: 'path', value: '  ' }])).toEqual(steps);
    expect(readSteps(Array.from({ length: 12 }, (_, index) => `path:/${index}`))).toHaveLength(8);
  });

  it('begin as two lines to fill in', () => {
    expect(editable([])).toHaveLength(2);
    expect(editable(steps)).toEqual(steps);
  });

  it('move, and stay where there is nowhere to go', () => {
    expect(moveStep(steps, 0, 1).map(({ value }) => value)).toEqual(['sign:up', '/', 'pro']);
    expect(moveStep(steps, 0, -1)).toEqual(steps);
    expect(moveStep(steps, 2, 1)).toEqual(steps);
  });

  it('tell how many got so far, and how many were lost on the way', () => {
    const results = resultsOf({
      windowMinutes: 60,
      steps: [
        { step: 'path:/', visitors: 200, medianMs: 0 },
        { step: 'event_name:signup', visitors: 50, medianMs: 90_000 },
        { step: 'path:/done', visitors: 0, medianMs: null },
      ],
    });
    expect(results.map(({ ofFirst, lost, lostVisitors }) => [ofFirst, lost, lostVisitors])).toEqual([
      [100, null, 0],
      [25, 75, 150],
      [0, 100, 50],
    ]);
    expect(results[1]?.text).toBe('Event: signup');
  });

  it('that nobody began are no division by zero', () => {
    const none = resultsOf({
      windowMinutes: 60,
      steps: [
        { step: 'path:/', visitors: 0, medianMs: null },
        { step: 'path:/b', visitors: 0, medianMs: null },
      ],
    });
    expect(none.map(({ ofFirst, lost }) => [ofFirst, lost])).toEqual([
      [0, null],
      [0, 0],
    ]);
  });
});
