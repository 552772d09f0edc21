import { describe, expect, it } from 'vitest';
import { syncOf as reported } from '../testing/heartbeat';
import type { ChannelOwner } from '../widgets/widget';
import type { KnownSync } from './known-sync';
import { explains, knownSync, publicSync, syncOf, withSync } from './syncs';

const deployment = { uid: 'd', name: 'chart', namespace: 'markets', cluster: null };
const time = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const at = (second: number): number => Date.parse(time(second));
const sync = (second: number, said: Record<string, unknown> = {}, now = 50): KnownSync =>
  knownSync(
    { ...reported(), revision: `commit-${second}`, startedAt: time(second), ...said } as Parameters<typeof knownSync>[0],
    time(now),
  );
const owner = (second: number, said: Partial<ChannelOwner> = {}): ChannelOwner => ({
  ...deployment,
  revision: 1,
  version: '1.0.0',
  at: time(second),
  ...said,
});
const known = (...syncs: KnownSync[]): KnownSync[] => syncs.reduce<KnownSync[]>((all, one) => withSync(all, one) ?? all, []);
const foundFor = (all: KnownSync[], before: ChannelOwner | null, second: number) =>
  syncOf(all, before, { deployment, since: at(second) })?.revision;

describe('a sync', () => {
  it('is kept without the address of whoever wrote the commit', () => {
    expect(sync(1).author).toBe('Ada Lovelace');
    expect(sync(1, { author: '<ada@example.org>' }).author).toBeNull();
    expect(sync(1, { author: null }).author).toBeNull();
  });

  it('is kept once, with those before it and not for ever', () => {
    const two = known(sync(1), sync(2));
    expect(two.map(({ revision }) => revision)).toEqual(['commit-2', 'commit-1']);
    expect(withSync(two, sync(1))).toBeNull();
    const many = known(...Array.from({ length: 30 }, (_, second) => sync(second + 1)));
    expect(many).toHaveLength(20);
    expect(withSync(many, sync(0))).toBeNull();
  });

  it('is what the first pods after it come from', () => {
    expect(foundFor(known(sync(10)), null, 13)).toBe('commit-10');
    expect(foundFor(known(sync(10), sync(20)), owner(14), 23)).toBe('commit-20');
    // The next push came before these pods took over: they are not of it.
    expect(foundFor(known(sync(10), sync(15)), null, 13)).toBe('commit-10');
    // A clock that runs ahead: it began at the latest when it was told of.
    const ahead = sync(3000, {}, 11);
    expect(foundFor(known(ahead), null, 13)).toBe('commit-3000');
    // And keeps nothing that comes after it from being found.
    expect(foundFor(known(ahead, sync(20)), owner(14, { sync: publicSync(ahead) }), 23)).toBe('commit-20');
  });

  it('is nothing that a change by hand after it comes from, nor another Deployment', () => {
    const first = sync(10);
    expect(foundFor(known(first), owner(14, { sync: first }), 23)).toBeUndefined();
    expect(foundFor(known(first), owner(14), 23)).toBeUndefined();
    expect(foundFor(known(sync(10, { deployments: [{ namespace: 'markets', name: 'table' }] })), null, 13)).toBeUndefined();
    expect(foundFor(known(sync(10, { cluster: 'eu' })), null, 13)).toBeUndefined();
    // Made anew, it begins anew.
    expect(foundFor(known(first), owner(14, { uid: 'before', sync: first }), 23)).toBe('commit-10');
  });

  it('that is told late explains the move that was made after it began, unless another one does', () => {
    expect(explains(sync(10), owner(14))).toBe(true);
    expect(explains(sync(15), owner(14))).toBe(false);
    expect(explains(sync(10), owner(14, { sync: sync(9) }))).toBe(false);
    expect(explains(sync(10), owner(14, { name: 'table' }))).toBe(false);
  });
});
