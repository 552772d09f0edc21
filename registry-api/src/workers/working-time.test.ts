import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWorkingTime } from './working-time';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A machine that gives the process this share of a processor. */
const machineThatGives = (share: number) => ({ now: () => Date.now(), processor: () => Date.now() * share });

describe('working time', () => {
  it('ends by the clock where the work has the processor', () => {
    const time = startWorkingTime(1000, machineThatGives(1));
    vi.advanceTimersByTime(999);
    expect(time.signal.aborted).toBe(false);
    vi.advanceTimersByTime(101);
    expect([time.signal.aborted, time.starved()]).toEqual([true, false]);
  });

  it('is not over sooner because other threads of the process worked as well', () => {
    const time = startWorkingTime(1000, machineThatGives(4));
    vi.advanceTimersByTime(900);
    expect(time.signal.aborted).toBe(false);
    vi.advanceTimersByTime(200);
    expect(time.signal.aborted).toBe(true);
  });

  it('grants the same work on a machine that is busy with others', () => {
    const time = startWorkingTime(1000, machineThatGives(1 / 4));
    vi.advanceTimersByTime(3900);
    expect(time.signal.aborted).toBe(false);
    vi.advanceTimersByTime(200);
    expect([time.signal.aborted, time.starved()]).toEqual([true, false]);
  });

  it('gives up after five times as long, and says that it was not the work', () => {
    const time = startWorkingTime(1000, machineThatGives(1 / 100));
    vi.advanceTimersByTime(4900);
    expect(time.signal.aborted).toBe(false);
    vi.advanceTimersByTime(200);
    expect([time.signal.aborted, time.starved()]).toEqual([true, true]);
  });

  it('asks nothing more when it is ended', () => {
    const time = startWorkingTime(1000, machineThatGives(1));
    time.end();
    vi.advanceTimersByTime(10_000);
    expect([time.signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
  });
});
