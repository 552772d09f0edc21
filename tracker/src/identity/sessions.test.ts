import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Erasure, StoredEvent } from '../events/event';
import { MemoryLog } from '../spool/memory-log';
import { storedEvent } from '../testing/golden';
import { MIDNIGHT, MINUTE, raise } from '../testing/identity';
import { SESSION_GAP, type Session } from './session';
import { SessionKeeper } from './session-keeper';
import { Sessions } from './sessions';
import type { Visitor } from './visitors';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessions-'));
});
afterAll(() => rm(folder, { recursive: true }));

const named = (id: string): Visitor => ({ id, yesterday: () => null });
const anna = named('anna');
const ben = named('ben');

/** An event that passes all steps. */
function touch(sessions: Sessions, site: string, visitor: Visitor, at: number, now = at): Session {
  const session = sessions.of(site, visitor, at, now);
  sessions.keep(session, at, now);
  return { ...session };
}

describe('sessions', () => {
  it('end after half an hour without an event', () => {
    const sessions = new Sessions();
    const first = touch(sessions, 'shop', anna, 0);
    expect(touch(sessions, 'shop', anna, SESSION_GAP - 1).id).toBe(first.id);
    expect(touch(sessions, 'shop', anna, 2 * SESSION_GAP - 2).id).toBe(first.id);
    expect(touch(sessions, 'shop', anna, 3 * SESSION_GAP - 2).id).not.toBe(first.id);
    expect(touch(sessions, 'other', anna, 3 * SESSION_GAP).id).not.toBe(first.id);
  });

  it('go on across midnight under the visitor they began with', () => {
    const sessions = new Sessions();
    const evening = touch(sessions, 'shop', anna, MIDNIGHT - MINUTE);
    const today: Visitor = { id: 'anna-today', yesterday: () => 'anna' };
    for (const minute of [1, 20, 40])
      expect(touch(sessions, 'shop', today, MIDNIGHT + minute * MINUTE)).toMatchObject({ id: evening.id, visitor: 'anna' });
    expect(touch(sessions, 'shop', today, MIDNIGHT + 90 * MINUTE).visitor).toBe('anna-today');
  });

  it('are neither begun nor prolonged by an event that is dropped later', () => {
    const sessions = new Sessions();
    const first = touch(sessions, 'shop', anna, 0);
    sessions.of('shop', anna, 20 * MINUTE, 20 * MINUTE);
    sessions.of('shop', ben, 20 * MINUTE, 20 * MINUTE);
    expect(sessions.size()).toBe(1);
    expect(touch(sessions, 'shop', anna, 40 * MINUTE).id).not.toBe(first.id);
  });

  it('forget the expired', () => {
    const sessions = new Sessions();
    for (let index = 0; index < 100; index++) touch(sessions, 'shop', named(`v${index}`), index);
    touch(sessions, 'shop', anna, SESSION_GAP + 50);
    expect(sessions.size()).toBe(50);
    expect(sessions.snapshot().sessions).toHaveLength(50);
  });

  it('never hold more than they may', () => {
    const sessions = new Sessions(1000);
    for (let index = 0; index < 10_000; index++) touch(sessions, 'shop', named(`v${index}`), index);
    expect(sessions.size()).toBeLessThanOrEqual(1001);
    expect(touch(sessions, 'shop', named('v9999'), 10_000).first).toBe(9999);
  });

  it('are what counting by hand says, for any visitors at any times', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 40 * MINUTE })), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (events) => {
        const sessions = new Sessions();
        const last = new Map<number, { at: number; id: string }>();
        let now = MIDNIGHT;
        for (const [visitor, pause] of events) {
          now += pause;
          const { id } = touch(sessions, 'shop', named(`v${visitor}`), now);
          const before = last.get(visitor);
          expect(id === before?.id).toBe(before !== undefined && now - before.at < SESSION_GAP);
          last.set(visitor, { at: now, id });
        }
        expect(sessions.size()).toBe([...last.values()].filter(({ at }) => now - at < SESSION_GAP).length);
      }),
    );
  });
});

describe('sessions that a trusted sender tells afterwards', () => {
  const NOW = MIDNIGHT;

  it('go by the time of their events and leave the sessions of now alone', () => {
    const sessions = new Sessions();
    const live = touch(sessions, 'shop', anna, NOW);
    const then = NOW - 5 * 86_400_000;
    const past = touch(sessions, 'shop', anna, then, NOW + 1);
    expect(past.id).toMatch(/~$/);
    expect(touch(sessions, 'shop', anna, then + 29 * MINUTE, NOW + 2).id).toBe(past.id);
    expect(touch(sessions, 'shop', anna, then + 60 * MINUTE, NOW + 3).id).not.toBe(past.id);
    expect(touch(sessions, 'shop', anna, NOW + 29 * MINUTE).id).toBe(live.id);
    // Nor do they keep one alive.
    touch(sessions, 'shop', anna, then, NOW + 58 * MINUTE);
    expect(touch(sessions, 'shop', anna, NOW + 59 * MINUTE).id).not.toBe(live.id);
  });

  it('join a visit of now that they are a part of', () => {
    const sessions = new Sessions();
    const live = touch(sessions, 'shop', anna, NOW);
    expect(touch(sessions, 'shop', anna, NOW - 10 * MINUTE, NOW + MINUTE).id).toBe(live.id);
    // It ends half an hour after its last event, which that was not.
    expect(touch(sessions, 'shop', anna, NOW + 29 * MINUTE).id).toBe(live.id);
  });

  it('are continued by what happens now', () => {
    const sessions = new Sessions();
    const told = touch(sessions, 'shop', anna, NOW - 45 * MINUTE, NOW);
    expect(touch(sessions, 'shop', anna, NOW - 20 * MINUTE, NOW + 1).id).toBe(told.id);
    expect(touch(sessions, 'shop', anna, NOW + 2).id).toBe(told.id);
  });

  it('go on across midnight', () => {
    const sessions = new Sessions();
    const then = NOW - 10 * 86_400_000;
    const evening = touch(sessions, 'shop', anna, then - MINUTE, NOW);
    const after = touch(sessions, 'shop', { id: 'anna-next', yesterday: () => 'anna' }, then + MINUTE, NOW);
    expect(after).toMatchObject({ id: evening.id, visitor: 'anna' });
  });

  it('are the visits there were, in whatever order the visits are told', () => {
    const visit = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: SESSION_GAP - 1 }), { maxLength: 6 }));
    const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 12 }), order, (drawn, places) => {
        // One visit after the other with a gap between them, so that whose is whose is beyond doubt; told in another order.
        let clock = NOW - 100 * 86_400_000;
        const visits = drawn.map(([visitor, pauses], index) => {
          clock += SESSION_GAP;
          const times = [clock, ...pauses.map((pause) => (clock += pause))];
          return { visitor, times, place: places[index] ?? 0 };
        });
        const sessions = new Sessions();
        const ids = [...visits]
          .sort((a, b) => a.place - b.place)
          .map(({ visitor, times }) => {
            const of = new Set(times.map((at) => touch(sessions, 'shop', named(`v${visitor}`), at, NOW).id));
            expect(of.size).toBe(1);
            return [...of][0];
          });
        expect(new Set(ids).size).toBe(visits.length);
      }),
    );
  });

  it('are forgotten an hour after the last of them', () => {
    const sessions = new Sessions();
    touch(sessions, 'shop', anna, NOW - 86_400_000, NOW);
    expect(sessions.snapshot().past).toHaveLength(1);
    touch(sessions, 'shop', ben, NOW + 61 * MINUTE);
    expect(sessions.snapshot().past).toEqual([]);
  });
});

describe('sessions after a crash', () => {
  const write = (log: MemoryLog, record: StoredEvent | Erasure) => log.append([Buffer.from(JSON.stringify(record))]);

  async function send(log: MemoryLog, sessions: Sessions, visitor: Visitor, at: number, now = at): Promise<string> {
    const { id, visitor: visitor_id } = touch(sessions, 'shop', visitor, at, now);
    await write(log, storedEvent({ ts: at, received_ts: now, visitor_id, session_id: id }));
    return id;
  }

  it('go on, from the snapshot and what was acknowledged after it', async () => {
    const file = join(folder, 'a.json');
    const log = new MemoryLog(1_000_000);
    const sessions = new Sessions();
    const keeper = new SessionKeeper(file, sessions, raise);
    await keeper.replay(log, keeper.load());
    const annas = await send(log, sessions, anna, 0);
    const told = await send(log, sessions, anna, -86_400_000, 1);
    keeper.save(log.tail());
    const bens = await send(log, sessions, ben, MINUTE);
    await send(log, sessions, anna, 20 * MINUTE);
    const later = await send(log, sessions, ben, -86_400_000, 20 * MINUTE);
    await write(log, storedEvent({ ts: 20 * MINUTE, site_id: 'shop/dropped', visitor_id: '', session_id: '', dropped: 3 }));

    const after = new Sessions();
    const again = new SessionKeeper(file, after, raise);
    await again.replay(log, again.load());
    expect(after.size()).toBe(2);
    expect(touch(after, 'shop', ben, 30 * MINUTE).id).toBe(bens);
    // Without the replay this would be a new session: the snapshot saw her at minute 0 only.
    expect(touch(after, 'shop', anna, 45 * MINUTE).id).toBe(annas);
    expect(touch(after, 'shop', anna, -86_400_000 + MINUTE, 45 * MINUTE).id).toBe(told);
    expect(touch(after, 'shop', ben, -86_400_000 - MINUTE, 45 * MINUTE).id).toBe(later);
  });

  it('are none of an erased visitor, whether the snapshot had them or not', async () => {
    const file = join(folder, 'b.json');
    const log = new MemoryLog(1_000_000);
    const sessions = new Sessions();
    const keeper = new SessionKeeper(file, sessions, raise);
    await keeper.replay(log, keeper.load());
    await send(log, sessions, anna, 0);
    keeper.save(log.tail());
    await send(log, sessions, anna, MINUTE);
    await send(log, sessions, anna, -86_400_000, MINUTE);
    const bens = await send(log, sessions, ben, MINUTE);
    await write(log, { kind: 'erasure', site_id: 'shop', visitor_ids: ['anna'], at: MINUTE });

    const after = new Sessions();
    const again = new SessionKeeper(file, after, raise);
    await again.replay(log, again.load());
    expect(JSON.stringify(after.snapshot())).not.toContain('anna');
    expect(touch(after, 'shop', ben, 2 * MINUTE).id).toBe(bens);
  });

  it('are known by a file of an earlier version', async () => {
    const file = join(folder, 'c.json');
    await writeFile(file, JSON.stringify({ position: 0, sessions: [['shop/anna', 'before', MIDNIGHT]] }));
    const sessions = new Sessions();
    new SessionKeeper(file, sessions, raise).load();
    expect(touch(sessions, 'shop', anna, MIDNIGHT + MINUTE).id).toBe('before');
  });

  it('are those of a tracker that never crashed, wherever it does', async () => {
    const events = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 35 * MINUTE }), fc.boolean()), {
      maxLength: 60,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(events, fc.nat(60), fc.nat(60), async (sent, saveAt, crashAt) => {
        const file = join(folder, `p${run++}.json`);
        const log = new MemoryLog(1_000_000);
        const never = new Sessions();
        let crashing = new Sessions();
        let keeper = new SessionKeeper(file, crashing, raise);
        await keeper.replay(log, 0);
        let now = MIDNIGHT;
        for (const [index, [visitor, pause, past]] of sent.entries()) {
          now += pause;
          const at = past ? now - 10 * 86_400_000 : now;
          if (index === saveAt) keeper.save(log.tail());
          if (index === crashAt) {
            crashing = new Sessions();
            keeper = new SessionKeeper(file, crashing, raise);
            await keeper.replay(log, keeper.load());
          }
          expect(await send(log, crashing, named(`v${visitor}`), at, now)).toBe(touch(never, 'shop', named(`v${visitor}`), at, now).id);
        }
      }),
    );
  });
});
