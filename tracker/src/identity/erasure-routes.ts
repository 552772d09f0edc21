/** POST /api/tracker/v1/erasures: an account site forgets a person. Everyone for themselves, admins for anybody. */
import { jsonBody } from '@datamesh/service';
import { Router } from 'express';
import type { Logger } from 'pino';
import { ProblemError } from '../http/problem';
import { maySee } from '../query/access';
import type { Sites } from '../sites/site';
import { claimsOf } from './authenticate';
import type { Erasures } from './erasures';
import type { Sessions } from './sessions';
import type { Visitors } from './visitors';

export interface ErasureDeps {
  sites: Sites;
  visitors: Visitors;
  erasures: Erasures;
  sessions: Sessions;
  logger: Logger;
  now(): number;
}

/** Goes before the check against the contract, which looks at the body. */
export const readErasure = (within: number) => jsonBody({ most: 10 * 1024, within });

export function createErasureRoutes(deps: ErasureDeps): Router {
  const { sites, logger, now } = deps;
  return Router().post('/erasures', async (request, response) => {
    const claims = claimsOf(response);
    const { site: id, user = claims.sub } = request.body as { site: string; user?: string };
    const site = sites.get(id);
    // Who moved to another department was counted all the same: whoever is signed in may have been on an account site.
    if (!site || (site.identity === 'daily' && !maySee(claims, site)))
      throw new ProblemError(404, 'site_unknown', `There is no site "${id}" among those of your departments.`);
    if (user !== claims.sub && !claims.roles.includes('admin'))
      throw new ProblemError(403, 'erasure_forbidden', 'You can have yourself erased; for somebody else an admin has to ask.');
    if (site.identity === 'daily')
      throw new ProblemError(
        422,
        'identity_daily',
        `The site "${id}" knows nobody for longer than a day: there is nothing to find a person by, and nothing to erase.`,
      );
    const at = now();
    const failure = await erase(deps, site.id, user, at);
    if (failure !== null) {
      response.setHeader('retry-after', failure);
      throw new ProblemError(
        503,
        'erasure_not_stored',
        'The erasure is not on disk yet, as the disk or the spool takes nothing at the moment. Ask again.',
      );
    }
    // Not who was erased: the log of the tracker would remember what everything else forgets.
    logger.info({ site: site.id, ...(user === claims.sub ? { self: true } : { by: claims.sub }) }, 'a visitor is erased');
    response.status(202).json({ site: site.id, at: new Date(at).toISOString() });
  });
}

/** Seconds after which to ask again, or null when it is on disk. */
async function erase(
  { visitors, erasures, sessions, logger }: ErasureDeps,
  site: string,
  user: string,
  at: number,
): Promise<number | null> {
  try {
    const ids = visitors.idsOf(site, user);
    erasures.add(site, ids, at);
    visitors.renew(site, user);
    sessions.forget(site, ids);
  } catch (error) {
    logger.error({ err: error, site }, 'an erasure could not be written down');
    return 5;
  }
  const delivered = await erasures.deliver();
  return delivered === null || delivered.ok ? null : delivered.retryAfterSeconds;
}
