import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Dropped, type Origin, type StoredEvent } from '../collect/event';
import { storedEvent } from '../query/golden';
import type { Site } from '../sites/site';
import { MemoryLog } from '../spool/memory-log';
import { SESSION_GAP, SessionKeeper, Sessions } from './sessions';
import { type Visitor, Visitors } from './visitors';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'));
});
afterAll(() => rm(folder, { recursive: true }));

const MINUTE = 60_000;
const DAY = 86_400_000;
const MIDNIGHT = Date.parse('2026-05-02T00:00:00Z');
const daily: Site = { id: 'shop', title: 'Shop', identity: 'daily', origins: [], departments: [] };
const account: Site = { ...daily, id: 'dashboard', identity: 'account' };
const NOBODY = { kind: 'nobody' } as const;
const raise = (error: unknown): never => {
  throw error;
};

const from = (receivedAt: number, ip = '203.0.113.7'): Origin => ({
  receivedAt,
  ip,
  userAgent: 'Firefox',
  origin: null,
  referer: null,
  optedOut: false,
});

function identify(visitors: Visitors, site: Site, origin: Origin): Visitor {
  const visitor = visitors.identify(site, NOBODY, origin);
  if (visitor instanceof Dropped) throw new Error(visitor.reason);
  return visitor;
}

describe('visitors of a daily site', () => {
  it('are the same within a day, by address, browser and site, also after a restart', () => {
    const visitors = new Visitors(join(folder, 'a'), raise);
    const morning = identify(visitors, daily, from(MIDNIGHT + MINUTE));
    expect(identify(visitors, daily, from(MIDNIGHT + 600 * MINUTE)).id).toBe(morning.id);
    expect(identify(new Visitors(join(folder, 'a'), raise), daily, from(MIDNIGHT + 700 * MINUTE)).id).toBe(morning.id);
    expect(identify(visitors, daily, from(MIDNIGHT, '203.0.113.8')).id).not.toBe(morning.id);
    expect(identify(visitors, { ...daily, id: 'other' }, from(MIDNIGHT)).id).not.toBe(morning.id);
  });

  it('are somebody else the next day, known as yesterday’s for as long as that salt is kept', () => {
    const visitors = new Visitors(join(folder, 'b'), raise);
    const before = identify(visitors, daily, from(MIDNIGHT - MINUTE));
    const after = identify(visitors, daily, from(MIDNIGHT + MINUTE));
    expect(after.id).not.toBe(before.id);
    expect(after.yesterday()).toBe(before.id);
    const later = identify(visitors, daily, from(MIDNIGHT + DAY + MINUTE));
    expect(later.yesterday()).toBe(after.id);
  });

  it('leave two salts on disk, readable by the owner alone, and no address', async () => {
    const visitors = new Visitors(join(folder, 'c'), raise);
    for (let day = 0; day < 5; day++) identify(visitors, daily, from(MIDNIGHT + day * DAY));
    expect(await readdir(join(folder, 'c'))).toEqual(['salts.json']);
    const text = await readFile(join(folder, 'c', 'salts.json'), 'utf8');
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['2026-05-05', '2026-05-06']);
    expect((await stat(join(folder, 'c', 'salts.json'))).mode & 0o777).toBe(0o600);
  });
});

describe('visitors of an account site', () => {
  it('are an HMAC of the user, the same every day and after a restart, and nobody without a sign-in', () => {
    const claims = { sub: 'alex', name: 'Alex', roles: [], departments: [], teams: [], sid: '', auth_time: 0 };
    const of = (origin: Origin, sub = 'alex') =>
      new Visitors(join(folder, 'd'), raise).identify(account, { kind: 'user', claims: { ...claims, sub } }, origin);
    const alex = of(from(MIDNIGHT));
    expect(alex).toMatchObject({ id: expect.stringMatching(/^[\w-]{22}$/) });
    expect(of(from(MIDNIGHT + 40 * DAY, '198.51.100.1'))).toMatchObject({ id: (alex as Visitor).id });
    expect(of(from(MIDNIGHT), 'dana')).not.toMatchObject({ id: (alex as Visitor).id });
    expect(new Visitors(join(folder, 'e'), raise).identify(account, NOBODY, from(MIDNIGHT))).toEqual(new Dropped('not_signed_in'));
  });
});

describe('sessions', () => {
  const anna: Visitor = { id: 'anna', yesterday: () => null };

  it('end after half an hour without an event', () => {
    const sessions = new Sessions();
    const first = sessions.touch('shop', anna, 0);
    expect(sessions.touch('shop', anna, SESSION_GAP - 1)).toEqual(first);
    expect(sessions.touch('shop', anna, 2 * SESSION_GAP - 2)).toEqual(first);
    expect(sessions.touch('shop', anna, 3 * SESSION_GAP - 2).session).not.toBe(first.session);
    expect(sessions.touch('other', anna, 3 * SESSION_GAP).session).not.toBe(first.session);
  });

  it('go on across midnight under the visitor they began with', () => {
    const sessions = new Sessions();
    const evening = sessions.touch('shop', anna, MIDNIGHT - MINUTE);
    expect(sessions.touch('shop', { id: 'anna-today', yesterday: () => 'anna' }, MIDNIGHT + MINUTE)).toEqual(evening);
    expect(sessions.touch('shop', { id: 'anna-today', yesterday: () => 'anna' }, MIDNIGHT + 90 * MINUTE).visitor).toBe('anna-today');
  });

  it('survive a crash: from the snapshot and what was acknowledged after it', async () => {
    const file = join(folder, 'sessions.json');
    const log = new MemoryLog(1_000_000);
    const sessions = new Sessions();
    const keeper = new SessionKeeper(file, sessions, raise);
    await keeper.replay(log, keeper.load());
    const send = async (visitor: Visitor, now: number) => {
      const visit = sessions.touch('shop', visitor, now);
      const event: StoredEvent = storedEvent({ ts: now, visitor_id: visit.visitor, session_id: visit.session });
      await log.append([Buffer.from(JSON.stringify(event))]);
      return visit;
    };
    const ben: Visitor = { id: 'ben', yesterday: () => null };
    const annas = await send(anna, 0);
    keeper.save(log.tail());
    const bens = await send(ben, MINUTE);
    await send(anna, 20 * MINUTE);

    const after = new Sessions();
    const again = new SessionKeeper(file, after, raise);
    await again.replay(log, again.load());
    expect(after.touch('shop', ben, 30 * MINUTE)).toEqual(bens);
    // Without the replay this would be a new session: the snapshot saw her at minute 0 only.
    expect(after.touch('shop', anna, 45 * MINUTE)).toEqual(annas);
  });

  it('forget the expired', () => {
    const sessions = new Sessions();
    for (let index = 0; index < 100; index++) sessions.touch('shop', { id: `v${index}`, yesterday: () => null }, index);
    sessions.touch('shop', anna, SESSION_GAP + 50);
    expect(sessions.size()).toBe(50);
  });
});
