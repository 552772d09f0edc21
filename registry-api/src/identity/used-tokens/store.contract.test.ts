import { afterEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { openUsedTokens } from './open-store';

describe.each(stores())('used tokens on $name', ({ open }) => {
  let storage: Storage | undefined;
  afterEach(() => storage?.close());

  it('are taken once, by one of several processes, until they are over', async () => {
    storage = await open();
    let now = 1000;
    const processes = [await openUsedTokens(storage, () => now), await openUsedTokens(storage, () => now)];
    const taken = await Promise.all(processes.map((each) => each.use('https://ci.example', 'job-1', 5000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await processes[1]?.isUsed('https://ci.example', 'job-1')).toBe(true);
    expect(await processes[1]?.isUsed('https://ci.example', 'job-2')).toBe(false);
    expect(await processes[1]?.isUsed('https://other.example', 'job-1')).toBe(false);
    expect(await processes[0]?.use('https://ci.example', 'job-2', 5000)).toBe(true);
    expect(await processes[0]?.use('https://other.example', 'job-1', 5000)).toBe(true);
    now = 6000;
    expect(await processes[1]?.use('https://ci.example', 'job-3', 9000)).toBe(true);
    // Over by now: the token itself is refused before anybody asks here.
    expect(await processes[0]?.use('https://ci.example', 'job-1', 9000)).toBe(true);
  });
});
