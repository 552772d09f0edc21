import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Dropped, type Erasure } from '../events/event';
import type { Appended } from '../spool/log';
import { readVersioned } from '../storage/versioned-file';
import { ACCOUNT, from, identify, MIDNIGHT, raise, signedIn, told } from '../testing/identity';
import { Erasures } from './erasures';
import { Visitors } from './visitors';

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erasures-'));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

/** A log that can be full. */
class FullableLog {
  readonly records: Erasure[] = [];
  full = false;
  calls = 0;

  async append(payloads: readonly Buffer[]): Promise<Appended> {
    this.calls++;
    await Promise.resolve();
    if (this.full) return { ok: false, reason: 'spool_full', retryAfterSeconds: 5 };
    for (const payload of payloads) {
      expect(payload.toString()).toMatch(/^\{"kind":"erasure","site_id":/);
      this.records.push(JSON.parse(payload.toString()) as Erasure);
    }
    return { ok: true, position: this.records.length };
  }
}

describe('erasures', () => {
  it('are on disk before the log has them, and reach it once', async () => {
    const log = new FullableLog();
    const erasures = new Erasures(folder, log, raise);
    erasures.add('dashboard', ['a', 'b'], 5);
    expect(log.records).toEqual([]);
    expect(new Erasures(folder, log, raise).erasedAt('dashboard', 'a')).toBe(5);
    expect(await erasures.deliver()).toMatchObject({ ok: true });
    expect(await erasures.deliver()).toBeNull();
    await new Erasures(folder, log, raise).deliver();
    expect(log.records).toEqual([{ kind: 'erasure', site_id: 'dashboard', visitor_ids: ['a', 'b'], at: 5 }]);
    expect((await stat(join(folder, 'erased.json'))).mode & 0o777).toBe(0o600);
  });

  it('reach the log after a crash in between', async () => {
    const crashed = new Erasures(folder, new FullableLog(), raise);
    crashed.add('dashboard', ['a'], 5);
    crashed.add('other', ['b'], 6);
    const log = new FullableLog();
    await new Erasures(folder, log, raise).deliver();
    expect(log.records).toEqual([
      { kind: 'erasure', site_id: 'dashboard', visitor_ids: ['a'], at: 5 },
      { kind: 'erasure', site_id: 'other', visitor_ids: ['b'], at: 6 },
    ]);
  });

  it('wait while the log is full', async () => {
    const log = new FullableLog();
    log.full = true;
    const erasures = new Erasures(folder, log, raise);
    erasures.add('dashboard', ['a'], 5);
    expect(await erasures.deliver()).toEqual({ ok: false, reason: 'spool_full', retryAfterSeconds: 5 });
    erasures.add('dashboard', ['b'], 6);
    log.full = false;
    await Promise.all([erasures.deliver(), erasures.deliver()]);
    expect(log.records).toEqual([{ kind: 'erasure', site_id: 'dashboard', visitor_ids: ['a', 'b'], at: 6 }]);
  });

  it('that come while others are on their way are not forgotten', async () => {
    const log = new FullableLog();
    const erasures = new Erasures(folder, log, raise);
    erasures.add('dashboard', ['a'], 5);
    const first = erasures.deliver();
    await Promise.resolve();
    await Promise.resolve();
    erasures.add('dashboard', ['b'], 6);
    await first;
    expect(readVersioned(join(folder, 'erased.json'))).toEqual({
      dashboard: [
        { visitor: 'a', at: 5 },
        { visitor: 'b', at: 6, pending: true },
      ],
    });
    await erasures.deliver();
    expect(log.records.map(({ visitor_ids }) => visitor_ids)).toEqual([['a'], ['b']]);
  });

  it('of many people fit into records', async () => {
    const log = new FullableLog();
    const erasures = new Erasures(folder, log, raise);
    const ids = Array.from({ length: 2500 }, (_, index) => `v${index}`);
    erasures.add('dashboard', ids, 5);
    await erasures.deliver();
    expect(log.records.map(({ visitor_ids }) => visitor_ids.length)).toEqual([1000, 1000, 500]);
    expect(log.records.flatMap(({ visitor_ids }) => visitor_ids)).toEqual(ids);
  });

  it('are told to stores that cannot delete, of a site and since a moment', () => {
    const erasures = new Erasures(folder, new FullableLog(), raise);
    erasures.add('dashboard', ['a'], 5);
    erasures.add('dashboard', ['b'], 9);
    erasures.add('other', ['c'], 9);
    expect(erasures.erasedVisitors('dashboard')).toEqual(['a', 'b']);
    expect(erasures.erasedVisitors('dashboard', 6)).toEqual(['b']);
    expect(erasures.erasedVisitors('nobody-came')).toEqual([]);
  });

  it('that cannot be written down change nothing', async () => {
    await mkdir(join(folder, 'erased.json.new')); // where the new file would be written first
    const log = new FullableLog();
    const erasures = new Erasures(folder, log, raise);
    expect(() => erasures.add('dashboard', ['a'], 5)).toThrow(/EISDIR/);
    expect(erasures.erasedAt('dashboard', 'a')).toBeNull();
    expect(await erasures.deliver()).toBeNull();
    expect(log.calls).toBe(0);
  });
});

describe('an erased person', () => {
  const open = (): { visitors: Visitors; erasures: Erasures } => {
    const erasures = new Erasures(folder, new FullableLog(), raise);
    return { erasures, visitors: new Visitors(folder, erasures, raise) };
  };
  const alex = signedIn('alex');

  it('is counted under a new id each time, also after a restart, and nobody else is', () => {
    const { visitors, erasures } = open();
    const dana = identify(visitors, ACCOUNT, from(MIDNIGHT), signedIn('dana')).id;
    const ids = [identify(visitors, ACCOUNT, from(MIDNIGHT), alex).id];
    for (let time = 1; time <= 3; time++) {
      const erased = visitors.idsOf('dashboard', 'alex');
      expect(erased).toContain(ids.at(-1));
      erasures.add('dashboard', erased, MIDNIGHT + time);
      visitors.renew('dashboard', 'alex');
      ids.push(identify(visitors, ACCOUNT, from(MIDNIGHT + time), alex).id);
      expect(identify(open().visitors, ACCOUNT, from(MIDNIGHT + time), alex).id).toBe(ids.at(-1));
    }
    expect(new Set(ids).size).toBe(4);
    expect(identify(visitors, ACCOUNT, from(MIDNIGHT + 9), signedIn('dana')).id).toBe(dana);
    expect(identify(visitors, { ...ACCOUNT, id: 'other' }, from(MIDNIGHT), alex).id).not.toBe(ids[0]);
  });

  it('who asks again before anything was counted uses up no other id, and is erased as of now', () => {
    const { visitors, erasures } = open();
    const first = visitors.idsOf('dashboard', 'alex');
    for (const minute of [0, 1, 2]) {
      const ids = visitors.idsOf('dashboard', 'alex');
      expect(ids).toEqual(first);
      erasures.add('dashboard', ids, MIDNIGHT + minute);
      visitors.renew('dashboard', 'alex');
    }
    expect(erasures.erasedVisitors('dashboard')).toEqual(first);
    expect(visitors.identify(ACCOUNT, alex, from(MIDNIGHT + 9), MIDNIGHT + 1, null)).toEqual(new Dropped('privacy'));
    // From the first one on that is counted, there is something to erase again.
    expect(identify(visitors, ACCOUNT, from(MIDNIGHT + 9), alex).id).not.toBe(first[0]);
    expect(visitors.idsOf('dashboard', 'alex')[0]).not.toBe(first[0]);
  });

  it('is erased as trusted senders name them, too', () => {
    const { visitors, erasures } = open();
    const of = () => visitors.identify(ACCOUNT, { kind: 'nobody' }, from(MIDNIGHT + 1), MIDNIGHT + 1, told({ visitor: 'alex' }));
    const before = of();
    if (before instanceof Dropped) throw new Error(before.reason);
    erasures.add('dashboard', visitors.idsOf('dashboard', 'alex'), MIDNIGHT);
    visitors.renew('dashboard', 'alex');
    expect(erasures.erasedVisitors('dashboard')).toContain(before.id);
    expect(of()).not.toMatchObject({ id: before.id });
  });

  it('is not counted for what happened before, however late it arrives', () => {
    const { visitors, erasures } = open();
    erasures.add('dashboard', visitors.idsOf('dashboard', 'alex'), MIDNIGHT);
    visitors.renew('dashboard', 'alex');
    expect(visitors.identify(ACCOUNT, alex, from(MIDNIGHT + 1), MIDNIGHT - 1, null)).toEqual(new Dropped('privacy'));
    expect(visitors.identify(ACCOUNT, alex, from(MIDNIGHT + 1), MIDNIGHT, null)).not.toBeInstanceOf(Dropped);
    expect(visitors.identify(ACCOUNT, signedIn('dana'), from(MIDNIGHT + 1), MIDNIGHT - 1, null)).not.toBeInstanceOf(Dropped);
  });
});
