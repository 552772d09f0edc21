import type { ServiceClaims } from '@datamesh/contracts';
import type { RequestHandler } from 'express';
import type { Clock } from '../clock';
import { notSignedIn } from '../http/caller';
import type { ServiceTokens } from './keys/service-token';
import type { SessionStore } from './sessions/store';

export interface ViewerDeps {
  serviceTokens: ServiceTokens;
  sessions: SessionStore;
  clock: Clock;
  /** Ids of the layouts that a person may open, and of those that are their own. */
  layoutsOf(claims: ServiceClaims): Promise<{ layouts: string[]; own: string[] }>;
  /** Names of the widgets of these teams. */
  widgetsOf(teams: readonly string[]): Promise<string[]>;
}

/**
 * For the tracker alone, never proxied: `GET /internal/v1/viewer` with the token that the edge gave the tracker. Whose layouts and widgets they
 * are decides which figures somebody sees there; 401 as soon as their session is over. Admins see all, so nothing is listed for them.
 */
export function createViewerRoute({ serviceTokens, sessions, clock, layoutsOf, widgetsOf }: ViewerDeps): RequestHandler {
  return async (req, res) => {
    const token = /^Bearer ([\x21-\x7e]{1,8192})$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
    const claims = await serviceTokens.verify(token, 'tracker');
    if (!claims || !(await sessions.findBySid(claims.sid, clock()))) throw notSignedIn();
    const admin = claims.roles.includes('admin');
    const [seen, widgets] = admin ? [{ layouts: [], own: [] }, []] : await Promise.all([layoutsOf(claims), widgetsOf(claims.teams)]);
    res.set('cache-control', 'no-store').json({ ...seen, widgets });
  };
}
