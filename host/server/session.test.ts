import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SESSION, startRegistry } from './edge.harness';
import { Sessions } from './session';

describe('session exchange', () => {
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let now: number;
  let sessions: Sessions;
  const cookie = `dm_session=${SESSION}`;
  const kindNow = async () => (await sessions.exchange(cookie, 'tracker', 'r')).kind;
  beforeEach(async () => {
    registry = await startRegistry();
    now = Date.now();
    sessions = new Sessions({ registryUrl: registry.url, now: () => now });
  });
  afterEach(() => registry.close());

  it('asks again after a minute, and notices then that the session has ended', async () => {
    expect(await kindNow()).toBe('token');
    registry.state.known = false;
    now += 59_000;
    expect(await kindNow()).toBe('token');
    now += 1_000;
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
    await registry.close();
    now += 120_000;
    expect(await kindNow()).toBe('token');
    now += 180_000;
    expect(await kindNow()).toBe('unavailable');
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
