import type { User } from '@datamesh/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryAbout, type PendingEntry } from '../audit/audit';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { openServiceTokens } from './keys/service-token';
import { beginSession, claimsOf } from './sessions/session';
import type { SignInRecord } from './sessions/store';
import { type IdentityStores, identityStores } from './stores';
import { createToken } from './tokens/token';

const user: User = { id: 'alex', name: 'Alex Lin', roles: ['power-user'], departments: ['sales'], teams: [] };
const limits = { idle: 1000, absolute: 5000 };

describe.each(stores())('identity stores on $name', ({ open }) => {
  let storage: Storage;
  let store: IdentityStores;
  beforeEach(async () => {
    storage = await open();
    store = await identityStores(storage);
  });
  afterEach(() => storage.close());

  it('keeps a session until it was idle too long, and touching it keeps it longer', async () => {
    const { record } = beginSession({ user, authTime: 42 }, limits, 10_000);
    await store.sessions.add(record, []);
    expect(await store.sessions.find(record.hash, 10_999)).toEqual(record);
    expect(await store.sessions.findBySid(record.sid, 10_999)).toEqual(record);
    expect(await store.sessions.find(record.hash, 11_000)).toBeUndefined();
    await store.sessions.touch(record.hash, { lastSeenAt: 10_500, idleUntil: 11_500 });
    expect(await store.sessions.find(record.hash, 11_499)).toMatchObject({ lastSeenAt: 10_500, idleUntil: 11_500 });
    await store.sessions.touch(record.hash, { lastSeenAt: 10_400, idleUntil: 11_400 });
    expect(await store.sessions.find(record.hash, 11_499)).toBeDefined();
  });

  it('ends a session at its absolute end, however often it was used', async () => {
    const { record } = beginSession({ user, authTime: 42 }, limits, 0);
    await store.sessions.add(record, []);
    await store.sessions.touch(record.hash, { lastSeenAt: 4900, idleUntil: 9000 });
    expect(await store.sessions.find(record.hash, 4999)).toBeDefined();
    expect(await store.sessions.find(record.hash, 5000)).toBeUndefined();
  });

  it('finds the sessions of a person, and those of a session at the issuer', async () => {
    const begun = (id: string, sid?: string) =>
      beginSession({ user: { ...user, id }, authTime: 42, issuer: { idToken: 'a.b.c', ...(sid ? { sid } : {}) } }, limits, 0).record;
    const [one, two, other] = [begun('ann', 's-1'), begun('ann'), begun('bob', 's-2')];
    for (const record of [one, two, other]) await store.sessions.add(record, []);
    const hashes = (found: { hash: string }[]) => found.map(({ hash }) => hash).sort();
    expect(hashes(await store.sessions.ofPerson('ann', 1))).toEqual(hashes([one, two]));
    expect(await store.sessions.ofIssuerSession('s-2', 1)).toEqual([other]);
    expect(await store.sessions.ofIssuerSession('', 1)).toEqual([]);
    await store.sessions.remove(one.hash, () => []);
    expect(await store.sessions.ofIssuerSession('s-1', 1)).toEqual([]);
    expect(await store.sessions.ofPerson('ann', 1_000_000)).toEqual([]);
  });

  it('removes a session once', async () => {
    const { record } = beginSession({ user, authTime: 42 }, limits, 0);
    await store.sessions.add(record, []);
    const removed = await Promise.all([store.sessions.remove(record.hash, () => []), store.sessions.remove(record.hash, () => [])]);
    expect(removed.filter((session) => session?.sid === record.sid)).toHaveLength(1);
    expect(await store.sessions.find(record.hash, 1)).toBeUndefined();
  });

  it('hands a sign-in out once, and not after its end', async () => {
    const record: SignInRecord = { hash: 'a', nonce: 'n', verifier: 'v', returnTo: '/', fresh: false, startedAt: 0, until: 100 };
    await store.sessions.beginSignIn(record, 9);
    const taken = await Promise.all([1, 2, 3].map(() => store.sessions.takeSignIn('a', 99)));
    expect(taken.filter((one) => one !== undefined)).toEqual([record]);
    const purpose = { kind: 'token' as const, team: 'platform', name: 'CI', days: 1 };
    await store.sessions.beginSignIn({ ...record, hash: 'p', purpose }, 9);
    expect(await store.sessions.takeSignIn('p', 99)).toEqual({ ...record, hash: 'p', purpose });
    await store.sessions.beginSignIn({ ...record, hash: 'b' }, 9);
    expect(await store.sessions.takeSignIn('b', 100)).toBeUndefined();
  });

  it('keeps a bounded number of sign-ins: the first to end make room', async () => {
    const record: SignInRecord = { hash: '', nonce: 'n', verifier: 'v', returnTo: '/', fresh: false, startedAt: 0, until: 0 };
    for (let number = 1; number <= 8; number++) await store.sessions.beginSignIn({ ...record, hash: `s${number}`, until: 100 + number }, 3);
    const kept: string[] = [];
    for (let number = 1; number <= 8; number++) if (await store.sessions.takeSignIn(`s${number}`, 50)) kept.push(`s${number}`);
    expect(kept).toEqual(['s6', 's7', 's8']);
  });

  it('sweeps what has expired and nothing else', async () => {
    const old = beginSession({ user, authTime: 1 }, limits, 0).record;
    const young = beginSession({ user, authTime: 1 }, limits, 500).record;
    await store.sessions.add(old, []);
    await store.sessions.add(young, []);
    await store.sessions.sweep(1000);
    expect(await store.sessions.find(old.hash, 0)).toBeUndefined();
    expect(await store.sessions.find(young.hash, 1000)).toEqual(young);
  });

  it('keeps tokens by hash, lists them by person, and revokes once', async () => {
    const mine = createToken({ team: 'platform', name: 'CI', days: 1 }, 'user:robin', 0);
    const other = createToken({ department: 'sales', name: 'Set-up', days: 1 }, 'user:system', 1);
    await store.tokens.add(mine.record, []);
    await store.tokens.add(other.record, []);
    expect(await store.tokens.findByHash(mine.record.hash)).toEqual(mine.record);
    expect(await store.tokens.findByHash(other.record.hash)).toEqual(other.record);
    expect([mine, other].map(({ record: { team, department } }) => [team, department])).toEqual([
      ['platform', null],
      [null, 'sales'],
    ]);
    expect(await store.tokens.findByHash(mine.secret)).toBeUndefined();
    expect((await store.tokens.list(undefined)).map((token) => token.name)).toEqual(['Set-up', 'CI']);
    expect((await store.tokens.list('user:robin')).map((token) => token.name)).toEqual(['CI']);
    await store.tokens.used(mine.record.id, '2026-01-02T00:00:00.000Z');
    await store.tokens.used(mine.record.id, '2026-01-01T00:00:00.000Z');
    expect((await store.tokens.find(mine.record.id))?.lastUsedAt).toBe('2026-01-02T00:00:00.000Z');
    expect(await store.tokens.revoke(mine.record.id, '2026-01-03T00:00:00.000Z', [])).toBe(true);
    expect(await store.tokens.revoke(mine.record.id, '2026-01-04T00:00:00.000Z', [])).toBe(false);
    expect(await store.tokens.list('user:robin')).toEqual([]);
  });

  it('keeps the entries about sessions and tokens until they are cleared, a removed session’s as well', async () => {
    const { record } = beginSession({ user, authTime: 42 }, limits, 0);
    const { record: token } = createToken({ team: 'platform', name: 'CI', days: 1 }, 'user:robin', 0);
    const entry = (action: string) =>
      entryAbout({ actor: 'user:alex', from: null, requestId: 'r' }, '2026-01-01T00:00:00.000Z', action, 'x', { 'a.b': { $c: 1 } });
    const [begin, end, late, create, revoke, twice] = ['begin', 'end', 'late', 'create', 'revoke', 'twice'].map(entry) as [
      PendingEntry,
      PendingEntry,
      PendingEntry,
      PendingEntry,
      PendingEntry,
      PendingEntry,
    ];
    await store.sessions.add(record, [begin]);
    await store.sessions.remove(record.hash, ({ sid }) => (sid === record.sid ? [end] : []));
    await store.sessions.remove(record.hash, () => [late]);
    await store.sessions.sweep(10_000);
    expect(await store.sessions.pending(10)).toEqual([{ key: record.hash, items: [begin, end] }]);
    await store.sessions.clear(record.hash, [begin.id, end.id]);
    expect(await store.sessions.pending(10)).toEqual([]);
    // Nothing is left of the session: one of that name can begin.
    await store.sessions.add(record, []);
    expect(await store.sessions.find(record.hash, 0)).toEqual(record);

    await store.tokens.add(token, [create]);
    await store.tokens.revoke(token.id, '2026-01-03T00:00:00.000Z', [revoke]);
    await store.tokens.revoke(token.id, '2026-01-04T00:00:00.000Z', [twice]);
    expect(await store.tokens.pending(10)).toEqual([{ key: token.id, items: [create, revoke] }]);
    await store.tokens.clear(token.id, [create.id]);
    expect(await store.tokens.pending(10)).toEqual([{ key: token.id, items: [revoke] }]);
  });

  it('lets one of several first starts choose the signing key, so that all verify what any of them signs', async () => {
    const now = () => 1_800_000_000_000;
    const replicas = await Promise.all([1, 2, 3].map(() => openServiceTokens(store.keys, 'http://localhost:4000', now)));
    const claims = claimsOf(beginSession({ user, authTime: 42 }, limits, now()).record);
    const kids = replicas.map((replica) => replica.jwks().keys[0]?.kid);
    expect(new Set(kids).size).toBe(1);
    const [first, , last] = replicas;
    const signed = await first?.sign(claims, 'registry-api', now() + 600_000);
    expect(await last?.verify(signed?.token ?? '', 'registry-api')).toEqual(claims);
    expect(await last?.verify(signed?.token ?? '', 'tracker')).toBeUndefined();
    const later = await openServiceTokens(store.keys, 'http://localhost:4000', () => now() + 300_000);
    expect(await later.verify(signed?.token ?? '', 'registry-api')).toBeUndefined();
    const elsewhere = await openServiceTokens(store.keys, 'http://other.example', now);
    expect(await elsewhere.verify(signed?.token ?? '', 'registry-api')).toBeUndefined();
    expect(JSON.stringify(first?.jwks())).not.toContain('"d"');
  });
});
