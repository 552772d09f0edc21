import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { StepHistogram, StepTimes } from './step-times';
import { STEPS } from './steps';

describe('step times', () => {
  it('are a Prometheus histogram with a series for each step', async () => {
    const registry = new Registry();
    const times = new StepTimes();
    new StepHistogram(times, registry);
    for (let event = 0; event < 3; event++) {
      times.begin();
      times.end('parse');
      if (event > 0) times.end('site');
    }
    const text = await registry.metrics();
    expect(text).toContain('# TYPE tracker_step_seconds histogram');
    const value = (name: string): number => Number(new RegExp(`^${name.replace(/[{}+]/g, '\\$&')} (.*)$`, 'm').exec(text)?.[1]);
    expect(value('tracker_step_seconds_count{step="parse"}')).toBe(3);
    expect(value('tracker_step_seconds_count{step="site"}')).toBe(2);
    expect(value('tracker_step_seconds_bucket{le="+Inf",step="site"}')).toBe(2);
    expect(value('tracker_step_seconds_sum{step="parse"}')).toBeGreaterThan(0);
    const buckets = ['0.00001', '0.0001', '0.001', '0.01', '0.1', '+Inf'].map((le) =>
      value(`tracker_step_seconds_bucket{le="${le}",step="parse"}`),
    );
    expect(buckets.at(-1)).toBe(3);
    for (const [index, count] of buckets.entries()) expect(count).toBeGreaterThanOrEqual(buckets[index - 1] ?? 0);
    for (const [step] of STEPS) expect(text).toContain(`tracker_step_seconds_count{step="${step}"}`);
    expect((await registry.getMetricsAsJSON())[0]).toMatchObject({ name: 'tracker_step_seconds', type: 'histogram' });
  });
});
