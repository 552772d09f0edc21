import type { Request, RequestHandler } from 'express';
import type { Audit } from '../../audit/audit';
import type { Clock } from '../../clock';
import { actorOf, notSignedIn } from '../../http/caller';
import { problem } from '../../http/problem';
import { isAdmin, tokenRefusal } from '../roles';
import { refusalProblem } from './refusal';
import type { TokenStore } from './store';
import { newToken, publicToken } from './token';

export interface TokenRoutesDeps {
  tokens: TokenStore;
  clock: Clock;
  audit: Audit;
}

export interface TokenRoutes {
  list: RequestHandler;
  create: RequestHandler;
  revoke: RequestHandler<{ id: string }>;
}

/** Nothing here tells more of a secret than its one showing. */
export function createTokenRoutes({ tokens, clock, audit }: TokenRoutesDeps): TokenRoutes {
  const append = (req: Pick<Request, 'caller' | 'ip' | 'requestId'>, action: string, id: string, details: Record<string, unknown>) =>
    audit.append({ actor: actorOf(req.caller), action, subject: `token:${id}`, from: req.ip ?? null, requestId: req.requestId, details });

  return {
    list: async (req, res) => {
      closedToTokens(req);
      const found = await tokens.list(isAdmin(req.caller) ? undefined : actorOf(req.caller));
      res.set('cache-control', 'no-store').json({ items: found.map(publicToken), next: null });
    },

    create: async (req, res) => {
      const { team, name, days = 90 } = req.body as { team: string; name: string; days?: number };
      const refusal = tokenRefusal(req.caller);
      if (refusal) throw refusalProblem(refusal);
      const now = clock();
      const { secret, record } = newToken({ team, name, days }, actorOf(req.caller), now);
      await tokens.add(record);
      await append(req, 'token.create', record.id, { team, name, expiresAt: record.expiresAt });
      res
        .status(201)
        .set('cache-control', 'no-store')
        .json({ ...publicToken(record), secret });
    },

    revoke: async (req, res) => {
      closedToTokens(req);
      const { id } = req.params;
      const token = await tokens.find(id);
      const mine = token !== undefined && (isAdmin(req.caller) || token.createdBy === actorOf(req.caller));
      if (!mine || !(await tokens.revoke(id, new Date(clock()).toISOString())))
        throw problem(404, 'token_unknown', 'There is no such token of yours, or it was revoked before');
      await append(req, 'token.revoke', id, { team: token.team, name: token.name });
      res.status(204).end();
    },
  };
}

function closedToTokens({ caller }: Pick<Request, 'caller'>): void {
  if (caller.kind === 'nobody') throw notSignedIn();
  if (caller.kind === 'token') throw refusalProblem('session_required');
}
