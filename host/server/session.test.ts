import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sessions } from './session';
import { SESSION, startRegistry } from './testing/edge';

describe('session exchange', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let now: number;
  let sessions: Sessions;
  const cookie = `dm_session=${SESSION}`;
  const kindNow = async () => (await sessions.exchange(cookie, 'tracker', 'r')).kind;
  beforeEach(async () => {
    registry = await startRegistry();
    now = Date.now();
    sessions = new Sessions({ registryUrl: registry.url, secure: false, now: () => now });
  });
  afterEach(() => registry.close());

  it('asks again after a minute, and notices then that the session has ended', async () => {
    expect(await kindNow()).toBe('token');
    registry.state.known = false;
    now += 54_000;
    expect(await kindNow()).toBe('token');
    now += 6_000;
    expect(await kindNow()).toBe('nobody');
  });

  it('never uses a token past its own end', async () => {
    registry.state.expiresIn = 20_000;
    await kindNow();
    now += 16_000;
    await kindNow();
    expect(registry.exchanges).toHaveLength(2);
  });

  it('outlives an outage of registry-api as long as the token is good, not longer', async () => {
    await kindNow();
    registry.state.expiresIn = 120_000;
    now += 60_000;
    expect(await kindNow()).toBe('token');
    await registry.close();
    now += 50_000;
    expect(await kindNow()).toBe('token');
    now += 70_000;
    expect(await kindNow()).toBe('unavailable');
  });

  it('knows people over https by the cookie that only this host can have set, and by no other', async () => {
    registry.state.cookie = '__Host-dm_session';
    const secure = new Sessions({ registryUrl: registry.url, secure: true, now: () => now });
    expect((await secure.exchange(cookie, 'tracker', 'r')).kind).toBe('nobody');
    expect(await secure.exchange(`${cookie}; __Host-${cookie}`, 'tracker', 'r')).toMatchObject({ kind: 'token', departments: ['sales'] });
    secure.forget(`__Host-${cookie}`);
    registry.state.known = false;
    expect((await secure.exchange(`__Host-${cookie}`, 'tracker', 'r')).kind).toBe('nobody');
  });

  it('asks nobody about what cannot be a session', async () => {
    for (const value of [
      undefined,
      '',
      'dm_session=short',
      'xdm_session=aaaaaaaaaaaaaaaaaaaaaaaaaa',
      'dm_session=aaaaaaaaaaaaaaaaaaaaaaa/../',
    ]) {
      expect((await sessions.exchange(value, 'tracker', 'r')).kind).toBe('nobody');
    }
    expect(registry.exchanges).toEqual([]);
  });

  it('forgets at sign-out also the token that is under way', async () => {
    const underWay = sessions.exchange(cookie, 'tracker', 'r');
    sessions.forget(cookie);
    expect((await underWay).kind).toBe('nobody');
  });
});
