import { describe, expect, it } from 'vitest';
import { ProtocolState } from './protocol-state';

describe('the development issuer’s protocol state', () => {
  it('forgets an entry at its end', async () => {
    let now = 0;
    const codes = new ProtocolState(() => now).adapter('AuthorizationCode');
    await codes.upsert('a', { grantId: 'g' }, 60);
    now = 59_999;
    expect(await codes.find('a')).toMatchObject({ grantId: 'g' });
    now = 60_000;
    expect(await codes.find('a')).toBeUndefined();
  });

  it('stays within its bound: the oldest go', async () => {
    const state = new ProtocolState(() => 0, 3);
    const interactions = state.adapter('Interaction');
    for (const id of ['1', '2', '3', '4', '5']) await interactions.upsert(id, {}, 60);
    expect(state.size).toBe(3);
    expect(await interactions.find('2')).toBeUndefined();
    expect(await interactions.find('5')).toBeDefined();
  });

  it('keeps kinds apart, finds by uid and revokes by grant', async () => {
    const state = new ProtocolState(() => 0);
    const [sessions, codes] = [state.adapter('Session'), state.adapter('AuthorizationCode')];
    await sessions.upsert('x', { uid: 'u' }, 60);
    await codes.upsert('x', { grantId: 'g' }, 60);
    expect(await codes.findByUid('u')).toBeUndefined();
    expect(await sessions.findByUid('u')).toMatchObject({ uid: 'u' });
    await codes.revokeByGrantId('g');
    expect(await codes.find('x')).toBeUndefined();
    expect(await sessions.find('x')).toBeDefined();
  });
});
