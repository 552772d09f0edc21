import type { ServiceClaims, User } from '@datamesh/contracts';
import type { Caller } from '../http/caller';

/** Who may do what, as far as it follows from the person alone. Rules about one layout live with the layouts. */

export type Role = User['roles'][number];
const roles: readonly Role[] = ['viewer', 'power-user', 'publisher', 'admin'];
export const isRole = (value: string): value is Role => (roles as readonly string[]).includes(value);

/** How long after signing in a person may do what a widget on the page must never do in their name. */
export const freshForSeconds = 600;

/** `nowSeconds` since the epoch. An auth_time in the future is a wrong clock or a forged claim, never fresh. */
export function isFresh(claims: Pick<ServiceClaims, 'auth_time'>, nowSeconds: number): boolean {
  const age = nowSeconds - claims.auth_time;
  return age >= -60 && age <= freshForSeconds;
}

export const isAdmin = (caller: Caller): boolean =>
  caller.kind === 'bootstrap' || (caller.kind === 'user' && caller.claims.roles.includes('admin'));

export const belongsTo = (caller: Caller, department: string): boolean =>
  isAdmin(caller) || (caller.kind === 'user' && caller.claims.departments.includes(department));

/** Administration of departments: admins, and the set-up with the bootstrap secret. */
export const mayAdministerDepartments = isAdmin;

/** Pinning a department's layout: admins, the set-up, and the department's power users. */
export const mayPin = (caller: Caller, department: string): boolean =>
  isAdmin(caller) ||
  (caller.kind === 'user' && caller.claims.roles.includes('power-user') && caller.claims.departments.includes(department));

export type TokenRefusal = 'session_unknown' | 'session_required' | 'fresh_sign_in_required' | 'role_required' | 'team_unknown';

/** Whether this caller may have a publish token for `team`; undefined means yes. */
export function tokenRefusal(caller: Caller, team: string, nowSeconds: number): TokenRefusal | undefined {
  switch (caller.kind) {
    case 'bootstrap':
      return undefined;
    case 'nobody':
      return 'session_unknown';
    case 'token':
      return 'session_required';
    case 'user': {
      const { claims } = caller;
      if (!claims.roles.includes('publisher') && !claims.roles.includes('admin')) return 'role_required';
      if (!claims.teams.includes(team)) return 'team_unknown';
      return isFresh(claims, nowSeconds) ? undefined : 'fresh_sign_in_required';
    }
  }
}
