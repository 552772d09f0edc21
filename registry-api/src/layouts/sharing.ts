import type { LayoutContent } from '@datamesh/contracts';
import type { Role } from '@datamesh/service/service-token';
import { type Problem, problem } from '../http/problem';
import { mayShare, type Person, type Sharing } from './access';

/** With whom a layout may be shared, from few to all. */
export type Circle = 'people' | 'department' | 'company';

/** The roles that may share with each circle: a rule of the instance (config.ts). Admins always may. */
export type SharingRules = Readonly<Record<Circle, readonly Role[]>>;

export const defaultSharing: SharingRules = {
  people: ['viewer', 'power-user', 'publisher'],
  department: ['power-user'],
  company: [],
};

/** Whether the rules let somebody share with a circle. */
export const mayShareWith = (circle: Circle, { admin, roles }: Pick<Person, 'admin' | 'roles'>, rules: SharingRules): boolean =>
  admin || roles.some((role) => rules[circle].includes(role));

export type Shared = Pick<LayoutContent, 'department' | 'visibility' | 'grants'>;

/**
 * Refuses to give a layout this department, visibility and grants where this person may not; `former` is undefined for a new one. What a
 * layout has already it keeps, whatever the rules say by now: only what is added or widened counts.
 */
export function checkSharing(next: Shared, former: Sharing | undefined, person: Person, rules: SharingRules): void {
  if (former && sameSharing(next, former)) return;
  if (former && !mayShare(former, person))
    throw problem(
      403,
      'sharing_not_allowed',
      'Only its owner and admins say who sees a layout; save it with department, visibility and grants as they were',
    );
  const { department, visibility } = next;
  if (visibility === 'department' && department === null)
    throw problem(422, 'department_missing', 'A layout for a department must name it', {
      errors: [{ path: '/department', message: 'is required with visibility "department"' }],
    });
  if (person.admin) return;
  const foreign = departmentsIn(next, former).find((one) => !person.departments.includes(one));
  if (foreign !== undefined)
    throw problem(403, 'department_not_yours', `You do not belong to "${foreign}"; ask somebody who does, or an admin, to share it there`);
  for (const circle of circlesIn(next, former)) if (!mayShareWith(circle, person, rules)) throw tooWide(circle, rules);
}

/** Departments that the layout is newly put under, or whose people newly get to see or to edit it. */
function departmentsIn({ department, visibility, grants }: Shared, former: Sharing | undefined): string[] {
  const concerned =
    department !== null &&
    (department !== (former?.department ?? null) || (visibility === 'department' && former?.visibility === 'private'));
  return [...(concerned ? [department] : []), ...added(grants, former).flatMap(({ to }) => departmentOf(to) ?? [])];
}

function circlesIn(next: Shared, former: Sharing | undefined): Set<Circle> {
  const circles = new Set<Circle>();
  for (const { to } of added(next.grants, former)) circles.add(departmentOf(to) === undefined ? 'people' : 'department');
  const { visibility } = next;
  const narrower = former?.visibility === 'company' && visibility === 'department';
  const same = visibility === former?.visibility && (visibility === 'company' || next.department === former.department);
  if (visibility !== 'private' && !same && !narrower) circles.add(visibility);
  return circles;
}

/** Grants that are new, or allow more than before. */
const added = (grants: Shared['grants'], former: Sharing | undefined): Shared['grants'] =>
  grants.filter(({ to, may }) => !former?.grants.some((had) => had.to === to && (had.may === may || had.may === 'edit')));

const departmentOf = (to: string): string | undefined => (to.startsWith('department:') ? to.slice('department:'.length) : undefined);

const names: Record<Circle, string> = { people: 'people', department: 'a whole department', company: 'the whole company' };
const paths: Record<Circle, string> = { people: '/grants', department: '/visibility', company: '/visibility' };

export function tooWide(circle: Circle, rules: SharingRules): Problem {
  const allowed = [...rules[circle], 'admin'].join(' or ');
  return problem(
    403,
    'sharing_too_wide',
    `Sharing a layout with ${names[circle]} needs the role ${allowed} here: share it with fewer, or ask somebody who has it`,
    { errors: [{ path: paths[circle], message: `needs the role ${allowed}` }] },
  );
}

function sameSharing(a: Shared, b: Shared): boolean {
  const key = ({ grants }: Pick<Shared, 'grants'>): string => JSON.stringify(grants.map(({ to, may }) => `${may} ${to}`).sort());
  return a.department === b.department && a.visibility === b.visibility && key(a) === key(b);
}
