import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dropped } from '../events/event';
import { ACCOUNT, DAILY, DAY, from, identify, MIDNIGHT, MINUTE, NOBODY, raise, signedIn, told } from '../testing/identity';
import { type Visitor, Visitors } from './visitors';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visitors-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open = (name: string): Visitors => new Visitors(join(folder, name), { erasedAt: () => null }, raise);

describe('visitors of a daily site', () => {
  it('are the same within a day, by address, browser and site, also after a restart', () => {
    const visitors = open('a');
    const morning = identify(visitors, DAILY, from(MIDNIGHT + MINUTE));
    expect(identify(visitors, DAILY, from(MIDNIGHT + 600 * MINUTE)).id).toBe(morning.id);
    expect(identify(open('a'), DAILY, from(MIDNIGHT + 700 * MINUTE)).id).toBe(morning.id);
    expect(identify(visitors, DAILY, from(MIDNIGHT, '203.0.113.8')).id).not.toBe(morning.id);
    expect(identify(visitors, { ...DAILY, id: 'other' }, from(MIDNIGHT)).id).not.toBe(morning.id);
  });

  it('are somebody else the next day, known as yesterday’s for as long as that salt is kept', () => {
    const visitors = open('b');
    const before = identify(visitors, DAILY, from(MIDNIGHT - MINUTE));
    const after = identify(visitors, DAILY, from(MIDNIGHT + MINUTE));
    expect(after.id).not.toBe(before.id);
    expect(after.yesterday()).toBe(before.id);
    const later = identify(visitors, DAILY, from(MIDNIGHT + DAY + MINUTE));
    expect(later.yesterday()).toBe(after.id);
    const alone = identify(open('b2'), DAILY, from(MIDNIGHT));
    expect(alone.yesterday()).toBeNull();
  });

  it('leave two salts on disk, readable by the owner alone, and no address', async () => {
    const visitors = open('c');
    for (let day = 0; day < 5; day++) {
      visitors.forgetSalts(MIDNIGHT + day * DAY, day * DAY);
      identify(visitors, DAILY, from(MIDNIGHT + day * DAY));
    }
    expect(await readdir(join(folder, 'c'))).toEqual(['salts.json']);
    const text = await readFile(join(folder, 'c', 'salts.json'), 'utf8');
    expect(Object.keys((JSON.parse(text) as { content: object }).content)).toEqual(['2026-05-05', '2026-05-06']);
    expect((await stat(join(folder, 'c', 'salts.json'))).mode & 0o777).toBe(0o600);
  });
});

describe('visitors of an account site', () => {
  it('are an HMAC of the user, the same every day and after a restart, and nobody without a sign-in', () => {
    const alex = identify(open('d'), ACCOUNT, from(MIDNIGHT), signedIn('alex'));
    expect(alex.id).toMatch(/^[\w-]{22}$/);
    expect(identify(open('d'), ACCOUNT, from(MIDNIGHT + 40 * DAY, '198.51.100.1'), signedIn('alex')).id).toBe(alex.id);
    expect(identify(open('d'), ACCOUNT, from(MIDNIGHT), signedIn('dana')).id).not.toBe(alex.id);
    expect(open('e').identify(ACCOUNT, NOBODY, from(MIDNIGHT), MIDNIGHT, null)).toEqual(new Dropped('not_signed_in'));
    expect(open('e').identify(ACCOUNT, { kind: 'unavailable' }, from(MIDNIGHT), MIDNIGHT, null)).toEqual(
      new Dropped('identity_unavailable'),
    );
  });
});

describe('visitors whom a trusted sender names', () => {
  const NOW = MIDNIGHT + 600 * MINUTE;
  const of = (visitors: Visitors, site: typeof DAILY, ts: number, said: Parameters<typeof told>[0], now = NOW): Visitor => {
    const visitor = visitors.identify(site, NOBODY, from(now, '192.0.2.1'), ts, told(said));
    if (visitor instanceof Dropped) throw new Error(visitor.reason);
    return visitor;
  };

  it('are the same for ever on an account site, and never the person of that name who signs in', () => {
    const visitors = open('f');
    const then = of(visitors, ACCOUNT, NOW - 300 * DAY, { visitor: 'alex' });
    expect(of(open('f'), ACCOUNT, NOW, { visitor: 'alex', ip: '203.0.113.7' }).id).toBe(then.id);
    expect(of(visitors, ACCOUNT, NOW, { visitor: 'dana' }).id).not.toBe(then.id);
    expect(identify(visitors, ACCOUNT, from(NOW), signedIn('alex')).id).not.toBe(then.id);
    expect(visitors.identify(ACCOUNT, signedIn('alex'), from(NOW), NOW, told({ ip: '203.0.113.7' }))).toEqual(new Dropped('not_signed_in'));
  });

  it('are somebody else every day on a daily site, by the day of the event, and go on across midnight', () => {
    const visitors = open('g');
    const day = of(visitors, DAILY, MIDNIGHT - 30 * DAY, { visitor: 'alex' });
    expect(of(visitors, DAILY, MIDNIGHT - 30 * DAY + 600 * MINUTE, { visitor: 'alex' }, NOW + 3 * DAY).id).toBe(day.id);
    const next = of(visitors, DAILY, MIDNIGHT - 29 * DAY, { visitor: 'alex' });
    expect(next.id).not.toBe(day.id);
    expect(next.yesterday()).toBe(day.id);
  });

  it('are by address who the same browser is that comes itself', () => {
    const visitors = open('h');
    const itself = identify(visitors, DAILY, from(NOW));
    expect(of(visitors, DAILY, NOW - MINUTE, { ip: '203.0.113.7', userAgent: 'Firefox' }).id).toBe(itself.id);
    expect(of(visitors, DAILY, NOW, { ip: '203.0.113.8', userAgent: 'Firefox' }).id).not.toBe(itself.id);
  });

  it('are told apart by day and address when the salt of that day is gone', () => {
    const visitors = open('i');
    const day = of(visitors, DAILY, MIDNIGHT - 30 * DAY, { ip: '203.0.113.7', userAgent: 'Firefox' });
    expect(of(visitors, DAILY, MIDNIGHT - 30 * DAY + MINUTE, { ip: '203.0.113.7', userAgent: 'Firefox' }).id).toBe(day.id);
    expect(of(visitors, DAILY, MIDNIGHT - 30 * DAY, { ip: '203.0.113.8', userAgent: 'Firefox' }).id).not.toBe(day.id);
    const next = of(visitors, DAILY, MIDNIGHT - 29 * DAY, { ip: '203.0.113.7', userAgent: 'Firefox' });
    expect(next.id).not.toBe(day.id);
    expect(next.yesterday()).toBe(day.id);
    // A day later the salt that made it is yesterday's, and nothing leads back.
    expect(of(visitors, DAILY, MIDNIGHT - 30 * DAY, { ip: '203.0.113.7', userAgent: 'Firefox' }, NOW + DAY).id).not.toBe(day.id);
  });
});
