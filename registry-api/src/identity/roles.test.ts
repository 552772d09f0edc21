import { describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { belongsTo, isFresh, mayAdministerDepartments, mayPin, type Role, tokenRefusal } from './roles';

const now = 1_800_000_000;
const user = (roles: Role[], more: { departments?: string[]; teams?: string[]; age?: number } = {}): Caller => ({
  kind: 'user',
  claims: {
    sub: 'someone',
    name: 'Someone',
    roles,
    departments: more.departments ?? ['sales'],
    teams: more.teams ?? ['platform'],
    sid: 's',
    auth_time: now - (more.age ?? 0),
  },
});
const token: Caller = { kind: 'token', id: 't', team: 'platform', createdBy: 'user:robin' };
const nobody: Caller = { kind: 'nobody' };
const setUp: Caller = { kind: 'bootstrap' };

describe('a sign-in is fresh', () => {
  it.each([
    [0, true],
    [600, true],
    [601, false],
    [-60, true],
    [-61, false],
    [now, false],
  ])('after %i seconds: %s', (age, fresh) => {
    expect(isFresh({ auth_time: now - age }, now)).toBe(fresh);
  });
});

describe('a publish token for a team is given', () => {
  it.each<[string, Caller, string | undefined]>([
    ['to the set-up', setUp, undefined],
    ['to a publisher of the team', user(['publisher']), undefined],
    ['to an admin of the team', user(['admin']), undefined],
    ['not to an admin of no team', user(['admin'], { teams: [] }), 'team_unknown'],
    ['not to a publisher of another team', user(['publisher'], { teams: ['markets-data'] }), 'team_unknown'],
    ['not to a power user', user(['power-user', 'viewer']), 'role_required'],
    ['not long after signing in', user(['publisher'], { age: 601 }), 'fresh_sign_in_required'],
    ['not when nobody knows when the sign-in was', user(['publisher'], { age: now }), 'fresh_sign_in_required'],
    ['not to another token', token, 'session_required'],
    ['not to nobody', nobody, 'session_unknown'],
  ])('%s', (_, caller, refusal) => {
    expect(tokenRefusal(caller, 'platform', now)).toBe(refusal);
  });
});

describe('departments', () => {
  it('are administered by admins and the set-up', () => {
    const callers = [setUp, user(['admin']), user(['power-user', 'publisher']), token, nobody];
    expect(callers.map(mayAdministerDepartments)).toEqual([true, true, false, false, false]);
  });

  it('are pinned by admins, the set-up and their own power users', () => {
    const callers = [setUp, user(['admin'], { departments: [] }), user(['power-user']), user(['viewer']), token, nobody];
    expect(callers.map((caller) => mayPin(caller, 'sales'))).toEqual([true, true, true, false, false, false]);
    expect(mayPin(user(['power-user']), 'operations')).toBe(false);
    expect(belongsTo(user(['viewer']), 'sales')).toBe(true);
    expect(belongsTo(user(['viewer']), 'operations')).toBe(false);
    expect(belongsTo(token, 'sales')).toBe(false);
  });
});
