import type { TrackerEvent } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { DwellClock } from './dwell-clock';
import { type Sent, TrackingQueue } from './tracking-queue';
import { uuidv7 } from './uuidv7';

interface Setting {
  outcome: Sent;
  sent: TrackerEvent[][];
  beacons: TrackerEvent[][];
  beaconing: boolean;
  planned: { wait: number; run(): void }[];
  queue: TrackingQueue;
}

const STORED: Sent = { outcome: 'stored', lost: 0 };
const AGAIN: Sent = { outcome: 'again', after: 0 };

function setting(): Setting {
  const all: Omit<Setting, 'queue'> = { outcome: STORED, sent: [], beacons: [], beaconing: true, planned: [] };
  const queue = new TrackingQueue('dashboard', {
    now: () => 1_700_000_000_000,
    schedule(wait, run) {
      const entry = { wait, run };
      all.planned.push(entry);
      return () => all.planned.splice(all.planned.indexOf(entry), 1);
    },
    async send(events) {
      all.sent.push(events);
      return all.outcome;
    },
    beacon: (events) => all.beaconing && all.beacons.push(events) > 0,
  });
  return Object.assign(all, { queue });
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const due = async (from: Setting): Promise<void> => {
  for (const { run } of from.planned.splice(0)) run();
  await settled();
};

describe('TrackingQueue', () => {
  it('sends what comes together in one request', async () => {
    const at = setting();
    at.queue.add('view', { path: '/d/sales' });
    at.queue.add('widget_view', { path: '/d/sales', widget: 'notes' });
    await due(at);
    expect(at.sent.map((batch) => batch.map(({ name }) => name))).toEqual([['view', 'widget_view']]);
    expect(at.sent[0]?.[0]).toMatchObject({ site: 'dashboard', path: '/d/sales', ts: '2023-11-14T22:13:20.000Z' });
  });

  it('tries again later with the same ids, waiting longer each time', async () => {
    const at = setting();
    at.outcome = AGAIN;
    at.queue.add('view', {});
    await due(at);
    await due(at);
    expect(at.planned.map(({ wait }) => wait)).toEqual([8_000]);
    at.outcome = STORED;
    await due(at);
    expect(new Set(at.sent.map(([event]) => event?.id)).size).toBe(1);
    expect([at.sent.length, at.planned.length, at.queue.lost]).toEqual([3, 0, 0]);
  });

  it('does not insist on what is refused, and counts it', async () => {
    const at = setting();
    at.outcome = { outcome: 'refused' };
    at.queue.add('view', {});
    await due(at);
    expect([at.planned.length, at.queue.lost]).toEqual([0, 1]);
  });

  it('keeps 500 while the tracker is away, the newest, and counts the others', async () => {
    const at = setting();
    at.outcome = AGAIN;
    at.queue.add('view', { path: '/first' });
    await due(at);
    for (let i = 0; i < 500; i++) at.queue.add('view', { path: `/${i}` });
    expect(at.queue.lost).toBe(1);
    at.queue.depart();
    expect(at.beacons.flat()).toHaveLength(500);
    expect(at.beacons.flat().some(({ path }) => path === '/first')).toBe(false);
  });

  it('keeps the newest and counts the others also when a batch comes back to a full queue', async () => {
    const at = setting();
    at.outcome = AGAIN;
    for (let i = 0; i < 49; i++) at.queue.add('view', { path: '/old' });
    const sending = at.queue.flush();
    for (let i = 0; i < 500; i++) at.queue.add('view', { path: `/${i}` });
    await sending;
    expect(at.queue.lost).toBe(49);
    at.queue.depart();
    expect(at.beacons.flat().map(({ path }) => path)).toEqual(Array.from({ length: 500 }, (_, i) => `/${i}`));
  });

  it('leaves a tracker alone for as long as it asks, also when the network comes back', async () => {
    const at = setting();
    at.outcome = { outcome: 'again', after: 30_000 };
    at.queue.add('view', {});
    await due(at);
    at.queue.add('view', {});
    at.queue.hurry();
    expect(at.planned.map(({ wait }) => wait)).toEqual([30_000]);
    at.outcome = AGAIN;
    await due(at);
    expect(at.planned.map(({ wait }) => wait)).toEqual([8_000]);
    expect(at.sent).toHaveLength(2);
  });

  it('sends at once when the network comes back', async () => {
    const at = setting();
    at.outcome = AGAIN;
    at.queue.add('view', {});
    await due(at);
    at.outcome = STORED;
    at.queue.hurry();
    await settled();
    expect([at.sent.length, at.planned.length]).toEqual([2, 0]);
  });

  it('counts what the tracker dropped', async () => {
    const at = setting();
    at.outcome = { outcome: 'stored', lost: 2 };
    for (let i = 0; i < 3; i++) at.queue.add('view', {});
    await due(at);
    expect([at.planned.length, at.queue.lost]).toEqual([0, 2]);
  });

  it('keeps what it beaconed to a tracker that is away, for the case that the page comes back', async () => {
    const at = setting();
    at.outcome = AGAIN;
    at.queue.add('view', {});
    await due(at);
    at.queue.depart();
    at.outcome = STORED;
    await due(at);
    const [id] = at.beacons.flat().map((event) => event.id);
    expect(at.sent.at(-1)?.map((event) => event.id)).toEqual([id]);
    at.queue.depart();
    expect(at.beacons).toHaveLength(1);
  });

  it('keeps what the browser would not take', async () => {
    const at = setting();
    at.beaconing = false;
    at.queue.add('view', {});
    at.queue.depart();
    await due(at);
    expect(at.sent.map(({ length }) => length)).toEqual([1]);
  });

  it('hands everything to the browser when the page goes away', async () => {
    const at = setting();
    for (let i = 0; i < 49; i++) at.queue.add('view', {});
    at.queue.depart();
    at.queue.depart();
    expect(at.beacons.map(({ length }) => length)).toEqual([49]);
  });
});

describe('DwellClock', () => {
  it('stands still while the page is hidden', () => {
    let now = 0;
    const told: [string, number][] = [];
    const clock = new DwellClock<string>(
      () => now,
      (_kind, fields, spent) => told.push([fields, spent]),
    );
    clock.start('page', 'page', 'morning');
    now = 1_000;
    clock.pause();
    now = 50_000;
    clock.resume();
    now = 50_200;
    clock.cut();
    now = 50_300;
    clock.stop('page');
    clock.stop('page');
    expect(told).toEqual([
      ['morning', 1_000],
      ['morning', 200],
      ['morning', 100],
    ]);
  });
});

describe('uuidv7', () => {
  it('begins with the time and carries version and variant', () => {
    expect(uuidv7(1_700_000_000_000, new Uint8Array(10).fill(0xff))).toBe('018bcfe5-6800-7fff-bfff-ffffffffffff');
    expect(uuidv7(1_700_000_000_000)).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
