/** Whose figures a caller may see. */
import type { ServiceClaims } from '@datamesh/contracts';
import { ProblemError } from '../http/problem';
import type { Site, Sites } from '../sites/site';

/** Admins see every site, everyone else those of their departments. */
export const maySee = (claims: ServiceClaims, { departments }: Site): boolean =>
  claims.roles.includes('admin') || departments.some((name) => name === '*' || claims.departments.includes(name));

/** One answer for "there is none" and "not yours", so that names do not leak. */
export function visibleSite(claims: ServiceClaims, sites: Sites, id: string): Site {
  const site = sites.get(id);
  if (!site || !maySee(claims, site))
    throw new ProblemError(404, 'site_unknown', `There is no site "${id}" among those of your departments.`);
  return site;
}

/** Single events say more of people than sums do: admins, and members of the site's owner teams. */
export const mayExportEvents = (claims: ServiceClaims, { owners }: Site): boolean =>
  claims.roles.includes('admin') || owners.some((team) => claims.teams.includes(team));
