import type { LayoutContent } from '@datamesh/contracts';
import { type Caller, notSignedIn } from '../http/caller';
import { problem } from '../http/problem';
import type { LayoutHead } from './layout';

/**
 * Who may do what with a layout.
 *
 * - See: its owner; whom it is granted to, in person or by department; its department's people where its visibility is
 *   `department`; everybody where it is `company`; admins.
 * - Edit: its owner; whom `edit` is granted to; the power users of its department where its visibility is `department`; admins.
 * - Share (change department, visibility or grants) and delete: its owner and admins. An editor's save leaves these as they are.
 * - A department or its visibility may be set only by people of that department, and admins.
 */
export interface Person {
  /** `user:<id>` */
  user: string;
  name: string;
  admin: boolean;
  powerUser: boolean;
  departments: string[];
}

/** The person behind a request; the set-up with the bootstrap secret acts as an admin of its own. */
export function personOf(caller: Caller): Person {
  switch (caller.kind) {
    case 'user': {
      const { sub, name, roles, departments } = caller.claims;
      return { user: `user:${sub}`, name, admin: roles.includes('admin'), powerUser: roles.includes('power-user'), departments };
    }
    case 'bootstrap':
      return { user: 'user:system', name: 'Set-up', admin: true, powerUser: false, departments: [] };
    case 'token':
      throw problem(403, 'session_required', 'Layouts belong to people: this needs a signed-in person, not a publish token');
    case 'nobody':
      throw notSignedIn();
  }
}

type Sharing = Pick<LayoutHead, 'owner' | 'department' | 'visibility' | 'grants'>;

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
  if (person.powerUser && isDepartments(layout, person)) return true;
  return layout.grants.some(({ to, may }) => may === 'edit' && isTheirs(person, to));
}

export const mayShare = (layout: Pick<Sharing, 'owner'>, person: Person): boolean => person.admin || layout.owner === person.user;
export const mayDelete = mayShare;

/** What a store looks for when it lists what a person may see; null: everything. */
export const readersFor = (person: Person): string[] | null =>
  person.admin ? null : [person.user, 'company', ...person.departments.map((department) => `department:${department}`)];

/** Whether all of a department's people may see it, so that it can be pinned there. */
export const visibleToDepartment = ({ visibility, department: own, grants }: Omit<Sharing, 'owner'>, department: string): boolean =>
  visibility === 'company' ||
  (visibility === 'department' && own === department) ||
  grants.some(({ to }) => to === `department:${department}`);

export type SharingRefusal = 'sharing_not_allowed' | 'department_missing' | 'department_not_yours';

/** Why this person may not give a layout this department, visibility and grants; `former` is undefined for a new one. */
export function sharingRefusal(
  next: Pick<LayoutContent, 'department' | 'visibility' | 'grants'>,
  former: Sharing | undefined,
  person: Person,
): SharingRefusal | undefined {
  const { department, visibility } = next;
  if (former && sameSharing(next, former)) return undefined;
  if (former && !mayShare(former, person)) return 'sharing_not_allowed';
  if (visibility === 'department' && department === null) return 'department_missing';
  const concerned = department !== null && (department !== (former?.department ?? null) || visibility === 'department');
  return concerned && !person.admin && !person.departments.includes(department) ? 'department_not_yours' : undefined;
}

function sameSharing(
  a: Pick<Sharing, 'department' | 'visibility' | 'grants'>,
  b: Pick<Sharing, 'department' | 'visibility' | 'grants'>,
): boolean {
  const key = ({ grants }: Pick<Sharing, 'grants'>): string => JSON.stringify(grants.map(({ to, may }) => `${may} ${to}`).sort());
  return a.department === b.department && a.visibility === b.visibility && key(a) === key(b);
}
