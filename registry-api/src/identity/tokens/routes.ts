import type { Request, RequestHandler } from 'express';
import { type Clock, isoTime } from '../../clock';
import { actorOf, askingOf, notSignedIn } from '../../http/caller';
import { problem } from '../../http/problem';
import { isAdmin, tokenRefusal } from '../roles';
import { refusalProblem, tokenListPath, tokenScope } from './refusal';
import type { TokenStore } from './store';
import { createToken, publicToken, tokenCreated, tokenFor, tokenRevoked } from './token';

export interface TokenRoutesDeps {
  tokens: TokenStore;
  clock: Clock;
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

export interface TokenRoutes {
  list: RequestHandler;
  create: RequestHandler;
  revoke: RequestHandler<{ id: string }>;
}

/** Nothing here tells more of a secret than its one showing. */
export function createTokenRoutes({ tokens, clock, wakeRelay }: TokenRoutesDeps): TokenRoutes {
  return {
    list: async (req, res) => {
      closedToTokens(req);
      const found = await tokens.list(isAdmin(req.caller) ? undefined : actorOf(req.caller));
      res.set('cache-control', 'no-store').json({ items: found.map(publicToken), next: null });
    },

    create: async (req, res) => {
      const { name, days = 90, ...named } = req.body as { team?: string; department?: string; name: string; days?: number };
      const refusal = tokenRefusal(req.caller);
      if (refusal) throw refusalProblem(refusal);
      const whose = tokenFor(named);
      if (!whose) throw tokenScope();
      const now = clock();
      const { secret, record } = createToken({ ...whose, name, days }, actorOf(req.caller), now);
      await tokens.add(record, [tokenCreated(askingOf(req), record)]);
      wakeRelay();
      res
        .status(201)
        .set('cache-control', 'no-store')
        .json({ ...publicToken(record), secret });
    },

    revoke: async (req, res) => {
      closedToTokens(req);
      if (req.caller.kind === 'user')
        throw problem(403, 'fresh_sign_in_required', `People revoke tokens by signing in for it: open ${tokenListPath} in a browser`);
      const { id } = req.params;
      const token = await tokens.find(id);
      const unknown = problem(404, 'token_unknown', 'There is no such token, or it was revoked before');
      if (!token) throw unknown;
      const at = isoTime(clock);
      if (!(await tokens.revoke(id, at, [tokenRevoked(askingOf(req), token, at)]))) throw unknown;
      wakeRelay();
      res.status(204).end();
    },
  };
}

function closedToTokens({ caller }: Pick<Request, 'caller'>): void {
  if (caller.kind === 'nobody') throw notSignedIn();
  if (caller.kind === 'token' || caller.kind === 'layout-token' || caller.kind === 'workload') throw refusalProblem('session_required');
}
