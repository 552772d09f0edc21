import type { ServiceClaims } from '@datamesh/contracts';
import type { Audience } from './pending';

/** Whether a person may know of an event. Admins see every department's, but nobody else's private layouts. */
export function concerns(audience: Audience, claims: Pick<ServiceClaims, 'sub' | 'roles' | 'departments'>): boolean {
  if (audience.kind === 'all') return true;
  if (audience.users.includes(claims.sub) || audience.users.includes(`user:${claims.sub}`)) return true;
  if (claims.roles.includes('admin')) return audience.admins === true || audience.departments.length > 0;
  return audience.departments.some((department) => claims.departments.includes(department));
}
