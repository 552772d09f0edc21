import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readVersioned } from '../storage/versioned-file';
import { DAY, MIDNIGHT, MINUTE, raise } from '../testing/identity';
import { startRegistry, startTestTracker } from '../testing/tracker';
import { dayOf, Salts } from './salts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salts-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  file = join(folder, `${Math.random()}.json`);
});

const TODAY = dayOf(MIDNIGHT);
const dates = async (): Promise<string[]> => Object.keys(readVersioned(file) as object).sort();

/** Looks every five seconds, by clocks that go on together from here. */
function goesOn(salts: Salts, from: { now: number; elapsed: number }, milliseconds: number): void {
  for (let passed = 0; passed <= milliseconds; passed += 5000) salts.sweep(from.now + passed, from.elapsed + passed);
}

describe('salts', () => {
  it('are of today and yesterday, and go when their time is over though nobody visits', async () => {
    const salts = new Salts(file, raise);
    for (const day of [TODAY - 1, TODAY]) salts.of(day);
    goesOn(salts, { now: MIDNIGHT, elapsed: 0 }, MINUTE);
    expect(await dates()).toEqual(['2026-05-01', '2026-05-02']);
    goesOn(salts, { now: MIDNIGHT + MINUTE, elapsed: MINUTE }, DAY - 2 * MINUTE);
    expect(await dates()).toEqual(['2026-05-01', '2026-05-02']);
    goesOn(salts, { now: MIDNIGHT + DAY - MINUTE, elapsed: DAY - MINUTE }, 2 * MINUTE);
    expect(await dates()).toEqual(['2026-05-02']);
    expect(salts.known(TODAY - 1)).toBeUndefined();
  });

  it('of long ago go with the first look after a start', async () => {
    await writeFile(file, JSON.stringify({ '2026-03-01': 'old', '2026-05-01': 'yesterday' }));
    new Salts(file, raise).sweep(MIDNIGHT, 1000);
    expect(await dates()).toEqual(['2026-05-01']);
  });

  it.each([
    ['ahead', 40 * DAY],
    ['back', -40 * DAY],
    ['to the beginning of time', -MIDNIGHT],
  ])('outlive a clock that is set %s and right again', async (_, by) => {
    const salts = new Salts(file, raise);
    const today = salts.of(TODAY);
    goesOn(salts, { now: MIDNIGHT, elapsed: 0 }, 5 * MINUTE);
    salts.of(dayOf(MIDNIGHT + by));
    goesOn(salts, { now: MIDNIGHT + by + 5 * MINUTE, elapsed: 5 * MINUTE }, 10 * MINUTE);
    goesOn(salts, { now: MIDNIGHT + 15 * MINUTE, elapsed: 15 * MINUTE }, 10 * MINUTE);
    expect(salts.of(TODAY)).toBe(today);
    // What the wrong clock made is of no day that anybody will see.
    goesOn(salts, { now: MIDNIGHT + 25 * MINUTE, elapsed: 25 * MINUTE }, 10 * MINUTE);
    expect(await dates()).toEqual(['2026-05-02']);
  });

  it('of today outlive a start whose clock is not set yet', async () => {
    const today = new Salts(file, raise).of(TODAY);
    const salts = new Salts(file, raise);
    salts.sweep(1000, 1000);
    salts.of(0);
    goesOn(salts, { now: MIDNIGHT, elapsed: 6000 }, MINUTE);
    expect(salts.of(TODAY)).toBe(today);
  });

  it('of long ago are gone from a running tracker to which nobody comes', async () => {
    const registry = await startRegistry();
    const tracker = await startTestTracker(registry.url);
    const today = new Date().toISOString().slice(0, 10);
    file = join(tracker.folder, 'identity', 'salts.json');
    await mkdir(join(tracker.folder, 'identity'), { recursive: true });
    await writeFile(file, JSON.stringify({ '2026-01-01': 'old', [today]: 'new' }));
    await tracker.restart();
    expect(await dates()).toEqual([today]);
    await tracker.remove();
    registry.close();
  });
});
