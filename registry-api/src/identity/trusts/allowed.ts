/** In whose name a caller acts on a widget: a publish token's team, or the team that trusts a workload. */
import type { Request } from 'express';
import { requirePublishToken } from '../../http/caller';
import { problem } from '../../http/problem';
import type { TrustStore } from './store';
import { covers, notTrusted, type RequestedAction } from './trust';

export interface Allowed {
  /**
   * The team; `owner` is the widget's, null while nobody owns the name. 401 for nobody, 403 `bearer_token_required` for people,
   * 403 `workload_not_trusted` for workloads that the team does not trust with this. Whether a token's team owns the widget is not asked here.
   */
  teamFor(req: Request, requested: RequestedAction, owner: string | null): Promise<string>;
}

export function createAllowed(trusts: TrustStore): Allowed {
  return {
    teamFor: async (req, requested, owner) => {
      const { caller } = req;
      if (caller.kind !== 'workload') return requirePublishToken(req).team;
      const known = await trusts.ofIssuer(caller.issuer);
      const teams = new Set(known.filter((trust) => covers(trust, caller, requested)).map(({ team }) => team));
      if (owner !== null) {
        if (teams.has(owner)) return owner;
        throw notTrusted(owner, caller, requested);
      }
      const [team, another] = teams;
      if (team === undefined) throw notTrusted('of the widget', caller, requested);
      if (another !== undefined)
        throw problem(
          403,
          'workload_ambiguous',
          `Several teams trust ${caller.subject} to publish ${requested.widget}: one of them publishes it first, with a token`,
        );
      return team;
    },
  };
}
