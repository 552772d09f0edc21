import type { ServiceClaims } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../clock';
import { notSignedIn } from '../http/caller';
import { bearerIn } from './bearer';
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
  const living = livingSession({ serviceTokens, sessions, clock });
  return async (req, res) => {
    const claims = await living(req);
    const admin = claims.roles.includes('admin');
    const [seen, widgets] = admin ? [{ layouts: [], own: [] }, []] : await Promise.all([layoutsOf(claims), widgetsOf(claims.teams)]);
    res.set('cache-control', 'no-store').json({ ...seen, widgets });
  };
}

type SessionDeps = Pick<ViewerDeps, 'serviceTokens' | 'sessions' | 'clock'>;

/**
 * For the tracker alone, never proxied: `GET /internal/v1/session` with a token that the edge gave the tracker: 204 while its session lives,
 * else 401. Asked for whoever sends events, so it costs one look-up.
 */
export function createSessionRoute(deps: SessionDeps): RequestHandler {
  const living = livingSession(deps);
  return async (req, res) => {
    await living(req);
    res.set('cache-control', 'no-store').status(204).end();
  };
}

/** Of the token that the edge gave the tracker; 401 where it is none, or its session is over. */
const livingSession =
  ({ serviceTokens, sessions, clock }: SessionDeps) =>
  async (req: Request): Promise<ServiceClaims> => {
    const token = bearerIn(req.get('authorization')) ?? '';
    const claims = await serviceTokens.verify(token, 'tracker');
    if (!claims || !(await sessions.findBySid(claims.sid, clock()))) throw notSignedIn();
    return claims;
  };
