import { ConfigError } from '@datamesh/service';
import { describe, expect, it } from 'vitest';
import { userFromClaims } from './claims';
import { sayClaims } from './claims-command';
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

  it('are one where the claim is a text, as of who is in no other: its words are no groups', () => {
    const names = { roles: 'roles', departments: 'departments', teams: 'teams', groups: map };
    const of = (groups: unknown) => userFromClaims({ sub: 'u1', groups }, names);
    expect(of('CN=Risk,OU=Teams,DC=example')).toMatchObject({ roles: ['publisher'], teams: ['risk'] });
    expect(of('no dm-admins')).toMatchObject({ roles: ['viewer'] });
    expect(of('dm-admins')).toMatchObject({ roles: ['admin'] });
    expect(of('')).toMatchObject({ roles: ['viewer'] });
  });

  it('count however many there are, and give as many departments as a session can carry: the dry run says which are left out', () => {
    const names = { roles: 'roles', departments: 'departments', teams: 'teams', groups: map };
    const groups = [...Array.from({ length: 10_000 }, (_, n) => `dept-${n % 2 === 0 ? 'd' : 'D'}${n}`), 'dm-admins'];
    const user = userFromClaims({ sub: 'u1', groups }, names);
    expect(user.roles).toEqual(['admin']);
    expect([user.departments.length, user.departments.at(-1)]).toEqual([100, 'd99']);
    const { leftOut } = JSON.parse(sayClaims(JSON.stringify({ sub: 'u1', groups }), names)) as { leftOut: { departments: string[] } };
    expect([leftOut.departments.length, leftOut.departments[0]]).toEqual([9_900, 'd100']);
  });

  it('that the issuer did not send are said in the dry run', () => {
    const names = { roles: 'roles', departments: 'departments', teams: 'teams', groups: map };
    const claims = { sub: 'u1', _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://issuer.example' } } };
    expect(sayClaims(JSON.stringify(claims), names)).toContain('the issuer did not send \\"groups\\"');
    expect(JSON.parse(sayClaims('{"sub":"u1"}', names))).not.toHaveProperty('notes');
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
