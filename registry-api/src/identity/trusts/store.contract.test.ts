import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryAbout } from '../../audit/audit';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { openTrustStore } from './open-store';
import type { TrustStore } from './store';
import type { Trust } from './trust';

const trust = (id: string, fields: Partial<Trust> = {}): Trust => ({
  id,
  team: 'markets-data',
  widget: null,
  issuer: 'https://kubernetes.default.svc',
  subject: 'system:serviceaccount:markets:*',
  claims: { 'kubernetes.io.namespace': 'markets', $ref: 'x' },
  may: ['publish', 'register'],
  channels: ['stable'],
  createdBy: 'token:t',
  createdAt: `2026-01-01T00:00:0${id}.000Z`,
  ...fields,
});
const entry = (action: string) =>
  entryAbout({ actor: 'token:t', from: null, requestId: 'r-12345678' }, '2026-01-01T00:00:00.000Z', action, 'trust:1');

describe.each(stores())('trusts on $name', ({ open }) => {
  let storage: Storage;
  let store: TrustStore;
  beforeEach(async () => {
    storage = await open();
    store = await openTrustStore(storage);
  });
  afterEach(() => storage.close());

  it('are kept as they were made, and found by team and issuer, the oldest first', async () => {
    await store.add(trust('2'), []);
    await store.add(trust('1'), []);
    await store.add(trust('3', { team: 'platform', issuer: 'https://ci.example' }), []);
    expect(await store.find('1')).toEqual(trust('1'));
    expect(await store.ofTeam('markets-data')).toEqual([trust('1'), trust('2')]);
    expect((await store.ofIssuer('https://ci.example')).map(({ id }) => id)).toEqual(['3']);
    expect(await store.ofTeam('nobody')).toEqual([]);
  });

  it('are gone at once when they are removed, and only once', async () => {
    await store.add(trust('1'), []);
    const removed = await Promise.all([store.remove('1', []), store.remove('1', [])]);
    expect(removed.filter(Boolean)).toHaveLength(1);
    expect(await store.find('1')).toBeNull();
    expect(await store.ofTeam('markets-data')).toEqual([]);
    expect(await store.ofIssuer(trust('1').issuer)).toEqual([]);
    expect(await store.remove('never', [])).toBe(false);
  });

  it('carry the audit entries of their making and removal until those are relayed', async () => {
    const made = entry('trust.add');
    const removed = entry('trust.remove');
    await store.add(trust('1'), [made]);
    await store.remove('1', [removed]);
    const waiting = await store.pending(10);
    expect(waiting).toEqual([{ key: '1', items: [made, removed] }]);
    await store.clear('1', [made.id]);
    expect(await store.pending(10)).toEqual([{ key: '1', items: [removed] }]);
    await store.clear('1', [removed.id]);
    expect(await store.pending(10)).toEqual([]);
    expect(await store.find('1')).toBeNull();
  });
});
