import type { ServiceClaims } from '@datamesh/contracts';
import type { Audience } from './pending';

/** Whether a person may know of an event. Admins see every department's, but nobody else's private layouts. */
export function concerns(audience: Audience, claims: Pick<ServiceClaims, 'sub' | 'roles' | 'departments' | 'teams'>): boolean {
  if (audience.kind === 'all') return true;
  if (audience.users.includes(claims.sub) || audience.users.includes(`user:${claims.sub}`)) return true;
  const teams = audience.teams ?? [];
  if (claims.roles.includes('admin')) return audience.admins === true || audience.departments.length > 0 || teams.length > 0;
  if (teams.some((team) => claims.teams.includes(team))) return true;
  return audience.departments.some((department) => claims.departments.includes(department));
}
