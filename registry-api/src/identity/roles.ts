import type { User } from '@datamesh/contracts';
import type { Caller } from '../http/caller';

/** Who may do what, as far as it follows from the person alone. Rules about one layout live with the layouts. */

/** How long ago a person may have proved who they are when they get a publish token for it. */
const freshForSeconds = 60;

/** Both in seconds since the epoch. An `authTime` in the future is a wrong clock or a forged claim, never fresh. */
export function isFresh(authTime: number, now: number): boolean {
  const age = now - authTime;
  return age >= -60 && age <= freshForSeconds;
}

export const isAdmin = (caller: Caller): boolean =>
  caller.kind === 'bootstrap' || (caller.kind === 'user' && caller.claims.roles.includes('admin'));

/** A department's own, for what it pins and keeps. */
const isTokenOf = (caller: Caller, department: string): boolean => caller.kind === 'layout-token' && caller.department === department;

export const belongsTo = (caller: Caller, department: string): boolean =>
  isAdmin(caller) || isTokenOf(caller, department) || (caller.kind === 'user' && caller.claims.departments.includes(department));

/** Administration of departments: admins, and the set-up with the bootstrap secret. */
export const mayAdministerDepartments = isAdmin;

/** Pinning a department's layout: admins, the set-up, the department's power users, and its tokens. */
export const mayPin = (caller: Caller, department: string): boolean =>
  isAdmin(caller) ||
  isTokenOf(caller, department) ||
  (caller.kind === 'user' && caller.claims.roles.includes('power-user') && caller.claims.departments.includes(department));

export type TokenRefusal =
  | 'session_unknown'
  | 'session_required'
  | 'fresh_sign_in_required'
  | 'role_required'
  | 'team_unknown'
  | 'layouts_role_required'
  | 'department_not_yours';

/**
 * Whether this caller may have a token from an API call; undefined means yes. No session may, however fresh: a widget on
 * the page could make the call. People go to GET /session/tokens/new.
 */
export function tokenRefusal(caller: Caller): TokenRefusal | undefined {
  switch (caller.kind) {
    case 'bootstrap':
      return undefined;
    case 'nobody':
      return 'session_unknown';
    case 'token':
    case 'layout-token':
    case 'workload':
      return 'session_required';
    case 'user':
      return 'fresh_sign_in_required';
  }
}

/** Whether this person may have a publish token for `team`; undefined means yes. */
export function publishTokenRefusal(
  { roles, teams }: Pick<User, 'roles' | 'teams'>,
  team: string | undefined,
): 'role_required' | 'team_unknown' | undefined {
  if (!roles.includes('publisher') && !roles.includes('admin')) return 'role_required';
  return team !== undefined && teams.includes(team) ? undefined : 'team_unknown';
}

/** Whether this person may have a token for the layouts of `department`: who pins there may; undefined means yes. */
export function layoutTokenRefusal(
  { roles, departments }: Pick<User, 'roles' | 'departments'>,
  department: string | undefined,
): 'layouts_role_required' | 'department_not_yours' | undefined {
  if (roles.includes('admin')) return undefined;
  if (!roles.includes('power-user')) return 'layouts_role_required';
  return department !== undefined && departments.includes(department) ? undefined : 'department_not_yours';
}
