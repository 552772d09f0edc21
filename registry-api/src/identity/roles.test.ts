import type { Role } from '@datamesh/service/service-token';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { belongsTo, isFresh, mayAdministerDepartments, mayPin, publishTokenRefusal, tokenRefusal } from './roles';

const now = 1_800_000_000;
const user = (roles: Role[], departments = ['sales']): Caller => ({
  kind: 'user',
  claims: {
    sub: 'someone',
    name: 'Someone',
    roles,
    departments,
    teams: ['platform'],
    sid: 's',
    auth_time: now,
  },
});
const token: Caller = { kind: 'token', id: 't', team: 'platform', createdBy: 'user:robin' };
const nobody: Caller = { kind: 'nobody' };
const setUp: Caller = { kind: 'bootstrap' };

describe('a sign-in is fresh', () => {
  it.each([
    [0, true],
    [60, true],
    [61, false],
    [-60, true],
    [-61, false],
    [now, false],
  ])('after %i seconds: %s', (age, fresh) => {
    expect(isFresh(now - age, now)).toBe(fresh);
  });
});

describe('a publish token is given', () => {
  it.each<[string, Caller, string | undefined]>([
    ['to the set-up', setUp, undefined],
    ['to no session, a publisher’s who has just signed in included', user(['publisher', 'admin']), 'fresh_sign_in_required'],
    ['not to another token', token, 'session_required'],
    ['not to nobody', nobody, 'session_unknown'],
  ])('by an API call %s', (_, caller, refusal) => {
    expect(tokenRefusal(caller)).toBe(refusal);
  });

  it.each<[string, Role[], string[], string | undefined]>([
    ['a publisher of the team', ['publisher'], ['platform'], undefined],
    ['an admin of the team', ['admin'], ['platform'], undefined],
    ['not an admin of no team', ['admin'], [], 'team_unknown'],
    ['not a publisher of another team', ['publisher'], ['markets-data'], 'team_unknown'],
    ['not a power user', ['power-user', 'viewer'], ['platform'], 'role_required'],
  ])('to a person: %s', (_, roles, teams, refusal) => {
    expect(publishTokenRefusal({ roles, teams }, 'platform')).toBe(refusal);
  });

  it('to nobody for no team', () => {
    expect(publishTokenRefusal({ roles: ['publisher'], teams: ['platform'] }, undefined)).toBe('team_unknown');
  });
});

describe('departments', () => {
  it('are administered by admins and the set-up', () => {
    const callers = [setUp, user(['admin']), user(['power-user', 'publisher']), token, nobody];
    expect(callers.map(mayAdministerDepartments)).toEqual([true, true, false, false, false]);
  });

  it('are pinned by admins, the set-up and their own power users', () => {
    const callers = [setUp, user(['admin'], []), user(['power-user']), user(['viewer']), token, nobody];
    expect(callers.map((caller) => mayPin(caller, 'sales'))).toEqual([true, true, true, false, false, false]);
    expect(mayPin(user(['power-user']), 'operations')).toBe(false);
    expect(belongsTo(user(['viewer']), 'sales')).toBe(true);
    expect(belongsTo(user(['viewer']), 'operations')).toBe(false);
    expect(belongsTo(token, 'sales')).toBe(false);
  });
});
