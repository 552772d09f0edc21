import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SettingsWriter } from './settings-writer';

describe('writing settings', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('makes one change of many, once the person has stopped', () => {
    const written: object[] = [];
    const writer = new SettingsWriter((patch) => written.push(patch), 400);
    writer.change({ sort: 'name' });
    vi.advanceTimersByTime(399);
    writer.change({ columns: ['a'] });
    writer.change({ sort: '-name' });
    vi.advanceTimersByTime(399);
    expect(written).toEqual([]);
    expect(writer.pending).toBe(true);
    vi.advanceTimersByTime(1);
    expect(written).toEqual([{ sort: '-name', columns: ['a'] }]);
    expect(writer.pending).toBe(false);
  });

  it('loses nothing when the element goes first', () => {
    const written: object[] = [];
    const writer = new SettingsWriter((patch) => written.push(patch));
    writer.change({ sort: 'name' });
    writer.flush();
    writer.flush();
    vi.runAllTimers();
    expect(written).toEqual([{ sort: 'name' }]);
  });
});
