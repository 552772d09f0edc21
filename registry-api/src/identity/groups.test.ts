import { ConfigError } from '@datamesh/service';
import { describe, expect, it } from 'vitest';
import { userFromClaims } from './claims';
import { grantsOf, readGroupMap } from './groups';

const map = readGroupMap({
  claim: 'groups',
  groups: {
    'dm-admins': { roles: ['admin'] },
    'dept-*': { departments: ['$1'] },
    'CN=*,OU=Teams,DC=example': { teams: ['$1'], roles: ['publisher'] },
    'dept-sales': { teams: ['sales-tools'] },
  },
});

describe('a company’s groups', () => {
  it('become roles, departments and teams; those that no pattern knows are named', () => {
    if (!map) throw new Error('no map');
    expect(grantsOf(map, ['dept-Sales', 'CN=Risk,OU=Teams,DC=example', 'printers'])).toEqual({
      roles: ['publisher'],
      departments: ['sales'],
      teams: ['risk'],
      unknown: ['printers'],
    });
    expect(grantsOf(map, ['dept-sales'])).toMatchObject({ departments: ['sales'], teams: ['sales-tools'] });
  });

  it('add to what other claims say; what is no name of a department is left out', () => {
    const names = { roles: 'roles', departments: 'departments', teams: 'teams', groups: map };
    const claims = { sub: 'u1', departments: ['hr'], groups: ['dm-admins', 'dept-sales', 'dept-Sales', 'dept-Human Resources'] };
    expect(userFromClaims(claims, names)).toMatchObject({ roles: ['admin'], departments: ['hr', 'sales'], teams: ['sales-tools'] });
  });

  it('are nobody’s without the claim', () => {
    const names = { roles: 'roles', departments: 'departments', teams: 'teams', groups: map };
    expect(userFromClaims({ sub: 'u1' }, names)).toMatchObject({ roles: ['viewer'], departments: [], teams: [] });
  });

  it.each([
    [[], 'an object'],
    [{ groups: {} }, 'claim'],
    [{ claim: 'groups' }, '"groups"'],
    [{ claim: 'groups', groups: {}, more: 1 }, '"more"'],
    [{ claim: 'groups', groups: { 'a*b*': {} } }, 'more than one *'],
    [{ claim: 'groups', groups: { a: { roles: ['root'] } } }, '"root"'],
    [{ claim: 'groups', groups: { a: { role: ['admin'] } } }, '"role"'],
    [{ claim: 'groups', groups: { a: { teams: 'x' } } }, 'list'],
    [{ claim: 'groups', groups: { a: { teams: ['$1'] } } }, '$1'],
    [{ claim: 'groups', groups: { 'a-*': { teams: ['A B'] } } }, '"A B"'],
  ])('as %j are refused at start: %s', (value, said) => {
    expect(() => readGroupMap(value)).toThrow(ConfigError);
    expect(() => readGroupMap(value)).toThrow(said);
  });
});
