import type { Role } from '@datamesh/service/service-token';
import { describe, expect, it } from 'vitest';
import { Problem } from '../http/problem';
import type { Person, Sharing } from './access';
import { checkSharing, defaultSharing, type Shared, type SharingRules } from './sharing';

const person = (id: string, role: Role, departments = ['sales']): Person => ({
  user: `user:${id}`,
  name: id,
  admin: role === 'admin',
  roles: [role],
  departments,
});
const casey = person('casey', 'viewer');
const alex = person('alex', 'power-user');
const pat = person('pat', 'power-user');
const dana = person('dana', 'admin', []);

const of = (owner: Person, more: Partial<Shared> = {}): Sharing => ({
  owner: owner.user,
  department: null,
  visibility: 'private',
  grants: [],
  ...more,
});
const toRobin: Shared['grants'] = [{ to: 'user:robin', may: 'edit' }];
const toSales: Shared['grants'] = [{ to: 'department:sales', may: 'view' }];

/** The code of the refusal, or `fine`. */
function outcome(next: Partial<Shared>, by: Person, former?: Sharing, rules: SharingRules = defaultSharing): string {
  try {
    checkSharing(of(by, { ...former, ...next }), former, by, rules);
    return 'fine';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('how widely a layout is shared', () => {
  it.each([
    ['viewer', casey, { people: 'fine', department: 'sharing_too_wide', granted: 'sharing_too_wide', company: 'sharing_too_wide' }],
    ['power user', alex, { people: 'fine', department: 'fine', granted: 'fine', company: 'sharing_too_wide' }],
    [
      'publisher',
      person('robin', 'publisher'),
      { people: 'fine', department: 'sharing_too_wide', granted: 'sharing_too_wide', company: 'sharing_too_wide' },
    ],
    ['admin', dana, { people: 'fine', department: 'fine', granted: 'fine', company: 'fine' }],
  ] as const)('by a %s, when nothing else is configured', (_, by, wanted) => {
    expect({
      people: outcome({ grants: toRobin }, by),
      department: outcome({ department: 'sales', visibility: 'department' }, by),
      granted: outcome({ grants: toSales }, by),
      company: outcome({ visibility: 'company' }, by),
    }).toEqual(wanted);
  });

  it('is what the instance allows', () => {
    const rules: SharingRules = { people: [], department: ['viewer'], company: ['power-user'] };
    expect(outcome({ grants: toRobin }, casey, undefined, rules)).toBe('sharing_too_wide');
    expect(outcome({ department: 'sales', visibility: 'department' }, casey, undefined, rules)).toBe('fine');
    expect(outcome({ visibility: 'company' }, alex, undefined, rules)).toBe('fine');
    expect(outcome({ visibility: 'company' }, casey, undefined, rules)).toBe('sharing_too_wide');
  });

  it('says which role it takes and what to do', () => {
    expect(() => checkSharing(of(casey, { visibility: 'company' }), undefined, casey, defaultSharing)).toThrow(
      /the whole company needs the role admin here: share it with fewer, or ask/,
    );
  });

  it('takes departments of one’s own only, whichever way', () => {
    expect(outcome({ department: 'operations' }, alex)).toBe('department_not_yours');
    expect(outcome({ department: 'operations', visibility: 'department' }, alex)).toBe('department_not_yours');
    expect(outcome({ grants: [{ to: 'department:operations', may: 'edit' }] }, alex)).toBe('department_not_yours');
    expect(outcome({ visibility: 'department' }, alex)).toBe('department_missing');
    expect(outcome({ department: 'operations', visibility: 'department' }, dana)).toBe('fine');
  });

  it('is for owners and admins; an editor’s save that leaves it alone passes', () => {
    const shared = of(alex, { department: 'sales', visibility: 'department', grants: toRobin });
    expect(outcome({}, pat, shared)).toBe('fine');
    expect(outcome({ visibility: 'private' }, pat, shared)).toBe('sharing_not_allowed');
    expect(outcome({ grants: [] }, pat, shared)).toBe('sharing_not_allowed');
    expect(outcome({ department: 'operations' }, dana, shared)).toBe('fine');
  });

  it('keeps what a layout has, and lets its owner take away', () => {
    const wide = of(casey, { department: 'sales', visibility: 'company', grants: [...toRobin, ...toSales] });
    expect(outcome({}, casey, wide)).toBe('fine');
    const narrower: Partial<Shared>[] = [{ visibility: 'private' }, { visibility: 'department' }, { grants: toSales }, { grants: [] }];
    for (const less of narrower) expect(outcome(less, casey, wide), JSON.stringify(less)).toBe('fine');
    const viewed = of(casey, { grants: toSales });
    expect(outcome({ grants: [{ to: 'department:sales', may: 'edit' }] }, casey, viewed)).toBe('sharing_too_wide');
    expect(outcome({ visibility: 'company' }, casey, viewed)).toBe('sharing_too_wide');
  });

  it('lets an owner who has left the department take away, not add', () => {
    const gone = { ...alex, departments: [] };
    const shared = of(alex, { department: 'sales', visibility: 'department', grants: toRobin });
    expect(outcome({ visibility: 'private' }, gone, shared)).toBe('fine');
    expect(outcome({ grants: [] }, gone, shared)).toBe('fine');
    expect(outcome({ grants: [...toRobin, ...toSales] }, gone, shared)).toBe('department_not_yours');
    expect(outcome({ visibility: 'department' }, gone, { ...shared, visibility: 'private' })).toBe('department_not_yours');
  });
});
