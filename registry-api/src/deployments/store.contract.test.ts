import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stores } from '../testing/stores';
import type { Lease } from './lease';
import { openLeaseStore } from './open-store';
import type { LeaseStore } from './store';
import { createMemoryLeases } from './testing/memory-leases';

const lease = (id: string, fields: Partial<Lease> = {}): Lease => ({
  id,
  widget: 'series-chart',
  version: '1.0.0',
  channel: 'stable',
  deployment: { uid: 'd-1', name: 'series-chart', namespace: 'markets', cluster: null },
  revision: 1,
  pod: { uid: `pod-${id}`, name: `series-chart-${id}` },
  ready: false,
  draining: false,
  holder: 'https://issuer.example#system:serviceaccount:markets:chart',
  createdAt: 1000,
  beatAt: 1000,
  ...fields,
});
const ids = (leases: Lease[]) => leases.map(({ id }) => id).sort();

const onStorage = stores().map(({ name, open }) => ({
  name: name as string,
  make: async () => {
    const storage = await open();
    return { store: await openLeaseStore(storage), close: () => storage.close() };
  },
}));
const inMemory = { name: 'the memory of simulations', make: async () => ({ store: createMemoryLeases(), close: async () => {} }) };

describe.each([...onStorage, inMemory])('leases on $name', ({ make }) => {
  let close: () => Promise<void>;
  let store: LeaseStore;
  beforeEach(async () => {
    ({ store, close } = await make());
  });
  afterEach(() => close());

  it('are written, renewed and found as they were', async () => {
    const first = lease('a');
    expect(await store.write(first)).toBe('written');
    expect(await store.find('a')).toEqual(first);
    const renewed = { ...first, ready: true, revision: 3, beatAt: 6000, deployment: { ...first.deployment, cluster: 'eu' } };
    expect(await store.write(renewed)).toBe('written');
    expect(await store.find('a')).toEqual(renewed);
    expect(await store.find('b')).toBeNull();
  });

  it('that ended do not come back, known before or not', async () => {
    await store.write(lease('a'));
    expect(await store.end('a', 2000)).toEqual(lease('a'));
    expect(await store.end('a', 3000)).toBeNull();
    expect(await store.end('never', 2000)).toBeNull();
    for (const id of ['a', 'never']) {
      expect(await store.write(lease(id, { ready: true }))).toBe('ended');
      expect(await store.find(id)).toBeNull();
    }
    expect(await store.ofChannel('series-chart', 'stable')).toEqual([]);
  });

  it('that end while they are renewed have ended', async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = `race-${round}`;
      await Promise.all([store.write(lease(id)), store.end(id, 2000), store.write(lease(id, { ready: true }))]);
      expect(await store.find(id)).toBeNull();
      expect(await store.write(lease(id))).toBe('ended');
    }
  });

  it('are dropped only while nothing was heard of them since', async () => {
    await store.write(lease('a', { beatAt: 1000 }));
    await store.write(lease('a', { beatAt: 2000 }));
    expect(await store.drop('a', 1000, 9000)).toBe(false);
    expect(await store.find('a')).toMatchObject({ beatAt: 2000 });
    expect(await store.drop('a', 2000, 9000)).toBe(true);
    expect(await store.drop('a', 2000, 9000)).toBe(false);
    expect(await store.write(lease('a'))).toBe('ended');
  });

  it('are found by pod, channel and widget, and by their silence', async () => {
    await store.write(lease('a', { beatAt: 3000 }));
    await store.write(lease('b', { channel: 'canary', beatAt: 1000, pod: { uid: 'pod-a', name: 'x' } }));
    await store.write(lease('c', { widget: 'notes', beatAt: 2000 }));
    await store.write(lease('gone', { beatAt: 1 }));
    await store.end('gone', 5000);
    expect(ids(await store.ofPod('pod-a'))).toEqual(['a', 'b']);
    expect(ids(await store.ofChannel('series-chart', 'stable'))).toEqual(['a']);
    expect(ids(await store.ofWidget('series-chart'))).toEqual(['a', 'b']);
    expect(ids(await store.silent(3000, 9000, 10))).toEqual(['b', 'c']);
    expect(ids(await store.silent(1500, 2500, 10))).toEqual(['a', 'b']);
    expect(await store.silent(3001, 9000, 2)).toHaveLength(2);
    const channels = await store.channels();
    expect(channels.map(({ widget, channel }) => `${widget}@${channel}`).sort()).toEqual([
      'notes@stable',
      'series-chart@canary',
      'series-chart@stable',
    ]);
  });

  it('leave tombstones that are forgotten when their time is over', async () => {
    await store.end('old', 1000);
    await store.end('young', 2000);
    await store.forget(1500);
    expect(await store.write(lease('old'))).toBe('written');
    expect(await store.write(lease('young'))).toBe('ended');
  });

  it('have one watch, which one of several processes moves at a time', async () => {
    expect(await store.watch()).toBeNull();
    const first = { availableSince: 1000, tickedAt: 1000 };
    const made = await Promise.all([store.tick(null, first), store.tick(null, first)]);
    expect(made.filter(Boolean)).toHaveLength(1);
    const next = { availableSince: 1000, tickedAt: 3000 };
    const moved = await Promise.all([store.tick(first, next), store.tick(first, { ...next, tickedAt: 3001 })]);
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect((await store.watch())?.availableSince).toBe(1000);
    expect(await store.tick(first, next)).toBe(false);
  });
});
