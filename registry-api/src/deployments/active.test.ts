import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChannelOwner } from '../widgets/widget';
import { decide, differs, type LiveLease } from './active';

const deployment = (uid: string) => ({ uid, name: `chart-${uid}`, namespace: 'markets', cluster: null });
const lease = (fields: Partial<LiveLease> & { uid?: string } = {}): LiveLease => {
  const { uid = 'a', ...rest } = fields;
  return { deployment: deployment(uid), revision: 1, version: '1.0.0', ready: true, draining: false, healthy: true, createdAt: 0, ...rest };
};
const owner = (fields: Partial<ChannelOwner> = {}): ChannelOwner => ({
  ...deployment('a'),
  revision: 1,
  version: '1.0.0',
  at: '2026-01-01T00:00:00.000Z',
  ...fields,
});
const any = () => true;

describe('what a cluster-owned channel gives', () => {
  it('is the highest revision that is ready, not the highest version', () => {
    const rolledBack = [lease({ revision: 2, version: '2.0.0' }), lease({ revision: 3, version: '1.0.0' })];
    expect(decide(owner({ revision: 2, version: '2.0.0' }), rolledBack, any)).toMatchObject({ revision: 3, version: '1.0.0' });
  });

  it.each([
    ['not ready', { ready: false }],
    ['draining', { draining: true }],
    ['silent for a while', { healthy: false }],
  ])('is not moved to a revision whose only pod is %s', (_what, fields) => {
    expect(decide(owner(), [lease(), lease({ revision: 2, version: '2.0.0', ...fields })], any)).toMatchObject({ revision: 1 });
  });

  it('stays where it is while the active revision’s pods are only silent', () => {
    const active = owner({ revision: 2, version: '2.0.0' });
    expect(decide(active, [lease(), lease({ revision: 2, version: '2.0.0', healthy: false })], any)).toMatchObject({ revision: 2 });
  });

  it('stays where it is when nothing runs any more', () => {
    expect(decide(owner(), [], any)).toBeNull();
    expect(decide(owner(), [lease({ draining: true })], any)).toBeNull();
  });

  it('is never a version that was withdrawn', () => {
    const leases = [lease(), lease({ revision: 2, version: '2.0.0' })];
    expect(decide(owner(), leases, (version) => version !== '2.0.0')).toMatchObject({ version: '1.0.0' });
  });

  it('is not taken over by another Deployment while one pod of the owner lives, whatever its revision', () => {
    const other = lease({ uid: 'b', revision: 99, version: '9.0.0' });
    expect(decide(owner(), [lease({ ready: false }), other], any)).toBeNull();
    expect(decide(owner(), [other], any)).toMatchObject({ deployment: { uid: 'b' }, version: '9.0.0' });
  });

  it('goes to whoever came first when nobody owns it', () => {
    const leases = [lease({ uid: 'b', createdAt: 2 }), lease({ uid: 'a', createdAt: 1, version: '1.1.0' })];
    expect(decide(null, leases, any)).toMatchObject({ deployment: { uid: 'a' }, version: '1.1.0' });
    expect(decide(null, [...leases].reverse(), any)).toMatchObject({ deployment: { uid: 'a' }, version: '1.1.0' });
  });
});

const someLease = fc.record({
  deployment: fc.constantFrom('a', 'b').map(deployment),
  revision: fc.integer({ min: 1, max: 4 }),
  version: fc.constantFrom('1.0.0', '2.0.0', '3.0.0'),
  ready: fc.boolean(),
  draining: fc.boolean(),
  healthy: fc.boolean(),
  createdAt: fc.integer({ min: 0, max: 3 }),
});
const someOwner = fc.option(
  fc.record({ uid: fc.constantFrom('a', 'b'), revision: fc.integer({ min: 1, max: 4 }), version: fc.constantFrom('1.0.0', '2.0.0') }),
);

describe('deciding, whatever runs', () => {
  const given = fc.tuple(someOwner, fc.array(someLease, { maxLength: 8 }));

  it('does not depend on the order in which leases are read', () => {
    fc.assert(
      fc.property(given, ([known, leases]) => {
        const before = known ? owner({ ...deployment(known.uid), ...known }) : null;
        // Versions of one revision are one version: the registry refuses anything else.
        const consistent = leases.map((each) => ({ ...each, version: `${each.revision}.0.0` }));
        expect(decide(before, consistent, any)).toEqual(decide(before, [...consistent].reverse(), any));
      }),
    );
  });

  it('settles: deciding again after a move says nothing new', () => {
    fc.assert(
      fc.property(given, ([known, leases]) => {
        const before = known ? owner({ ...deployment(known.uid), ...known }) : null;
        const consistent = leases.map((each) => ({ ...each, version: `${each.revision}.0.0` }));
        const decision = decide(before, consistent, any);
        if (!decision) return;
        const after: ChannelOwner = { ...decision.deployment, revision: decision.revision, version: decision.version, at: '' };
        const again = decide(after, consistent, any);
        expect(again && differs(after, again)).toBe(false);
      }),
    );
  });

  it('names only what a ready pod runs, and never a lower revision than another healthy pod of the same Deployment', () => {
    fc.assert(
      fc.property(given, ([known, leases]) => {
        const before = known ? owner({ ...deployment(known.uid), ...known }) : null;
        const decision = decide(before, leases, any);
        if (!decision) return;
        const same = leases.filter((each) => each.deployment.uid === decision.deployment.uid && each.ready && !each.draining);
        expect(same.some((each) => each.revision === decision.revision && each.version === decision.version)).toBe(true);
        for (const each of same) if (each.healthy) expect(each.revision).toBeLessThanOrEqual(decision.revision);
      }),
    );
  });
});
