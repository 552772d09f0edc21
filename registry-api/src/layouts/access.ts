import type { Role } from '@datamesh/service/service-token';
import { type Caller, notSignedIn, setUpActor } from '../http/caller';
import { problem } from '../http/problem';
import type { LayoutHead } from './layout';

/**
 * Who may do what with a layout.
 *
 * - See: its owner; whom it is granted to, in person or by department; its department's people where its visibility is
 *   `department`; everybody where it is `company`; admins.
 * - Edit: its owner; whom `edit` is granted to; the power users of its department where its visibility is `department`; admins.
 * - Read its history, and to whom it is granted: whoever may edit it. A revision may be from when it was shared with fewer people.
 * - Share (change department, visibility or grants) and delete: its owner and admins. An editor's save leaves these as they are.
 *   How widely is a rule of the instance (sharing.ts).
 */
export interface Person {
  /** `user:<id>`; of a layout token `token:<id>` */
  user: string;
  name: string;
  admin: boolean;
  roles: readonly Role[];
  departments: string[];
}

/** The person behind a request; the set-up with the bootstrap secret acts as an admin of its own. */
export function personOf(caller: Caller): Person {
  switch (caller.kind) {
    case 'user': {
      const { sub, name, roles, departments } = caller.claims;
      return { user: `user:${sub}`, name, admin: roles.includes('admin'), roles, departments };
    }
    case 'bootstrap':
      return { user: setUpActor, name: 'Set-up', admin: true, roles: ['admin'], departments: [] };
    case 'token':
    case 'layout-token':
    case 'workload':
      throw problem(403, 'session_required', 'Layouts belong to people: this needs a signed-in person, not a token');
    case 'nobody':
      throw notSignedIn();
  }
}

/**
 * The same for what a layout token is good for as well: it acts as a power user of its department who is nobody in person. Whatever asks
 * by `personOf` is closed to it.
 */
export function personOrTokenOf(caller: Caller): Person {
  if (caller.kind !== 'layout-token') return personOf(caller);
  const { id, name, department } = caller;
  return { user: `token:${id}`, name: `${name} (token)`, admin: false, roles: ['power-user'], departments: [department] };
}

export type Sharing = Pick<LayoutHead, 'owner' | 'department' | 'visibility' | 'grants'>;

const isTheirs = (person: Person, to: string): boolean =>
  to === person.user || (to.startsWith('department:') && person.departments.includes(to.slice('department:'.length)));

const isDepartments = ({ visibility, department }: Sharing, person: Person): boolean =>
  visibility === 'department' && department !== null && person.departments.includes(department);

export function mayView(layout: Sharing, person: Person): boolean {
  if (person.admin || layout.owner === person.user || layout.visibility === 'company') return true;
  return isDepartments(layout, person) || layout.grants.some(({ to }) => isTheirs(person, to));
}

export function mayEdit(layout: Sharing, person: Person): boolean {
  if (person.admin || layout.owner === person.user) return true;
  if (person.roles.includes('power-user') && isDepartments(layout, person)) return true;
  return layout.grants.some(({ to, may }) => may === 'edit' && isTheirs(person, to));
}

export function requireEdit(layout: Sharing, person: Person): void {
  if (!mayEdit(layout, person))
    throw problem(403, 'edit_not_allowed', 'You may look at this layout, not change it; keep a copy of your own with POST …/clone');
}

export const mayShare = (layout: Pick<Sharing, 'owner'>, person: Person): boolean => person.admin || layout.owner === person.user;
export const mayDelete = mayShare;

export function requireDelete(layout: Pick<Sharing, 'owner'>, person: Person): void {
  if (!mayDelete(layout, person)) throw problem(403, 'delete_not_allowed', 'Only its owner and admins delete a layout');
}

/** Whose layouts somebody looks after: their own, and for admins what the set-up made. */
export const ownersFor = (person: Person): string[] => (person.admin ? [...new Set([person.user, setUpActor])] : [person.user]);

/** What a store looks for when it lists what a person may see; null: everything. */
export const readersFor = (person: Person): string[] | null =>
  person.admin ? null : [person.user, 'company', ...person.departments.map((department) => `department:${department}`)];

/** Whether all of a department's people may see it, so that it can be pinned there. */
export const visibleToDepartment = ({ visibility, department: own, grants }: Omit<Sharing, 'owner'>, department: string): boolean =>
  visibility === 'company' ||
  (visibility === 'department' && own === department) ||
  grants.some(({ to }) => to === `department:${department}`);
