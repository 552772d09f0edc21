import { describe, expect, it } from 'vitest';
import { ClaimsRefused, userFromClaims } from './claims';

const names = { roles: 'roles', departments: 'departments', teams: 'teams' };
const sub = 'u1';

describe('who a person is by the issuer’s claims', () => {
  it('keeps what this product knows and leaves the rest out', () => {
    const claims = {
      sub,
      name: ' Alex Lin ',
      email: 'alex@example.com',
      roles: ['admin', 'root', 'admin'],
      departments: ['Sales', 'a b', '../x'],
      teams: 7,
    };
    expect(userFromClaims(claims, names)).toEqual({
      id: 'u1',
      name: 'Alex Lin',
      email: 'alex@example.com',
      roles: ['admin'],
      departments: ['sales'],
      teams: [],
    });
  });

  it('lets someone without a role look, and calls someone without a name by their id', () => {
    expect(userFromClaims({ sub }, names)).toEqual({ id: 'u1', name: 'u1', roles: ['viewer'], departments: [], teams: [] });
  });

  it('reads claims under names of the company’s own, also inside others and as one text', () => {
    const claims = {
      sub,
      realm_access: { roles: ['publisher'] },
      'https://example.com/teams': 'platform, markets-data',
      groups: ['sales'],
    };
    const own = { roles: 'realm_access.roles', departments: 'groups', teams: 'https://example.com/teams' };
    expect(userFromClaims(claims, own)).toMatchObject({
      roles: ['publisher'],
      departments: ['sales'],
      teams: ['platform', 'markets-data'],
    });
    expect(userFromClaims({ sub, roles: ['admin'] }, { ...names, roles: 'constructor.name' }).roles).toEqual(['viewer']);
  });

  it.each([undefined, '', 7, 'a b', 'a\nb', 'x'.repeat(151)])('refuses the subject %j', (bad) => {
    expect(() => userFromClaims({ sub: bad, roles: ['admin'] }, names)).toThrow(ClaimsRefused);
  });
});
