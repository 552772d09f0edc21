/** Trusts over HTTP. Never for sessions: widgets run in the page of whoever looks at them. */
import { randomUUID } from 'node:crypto';
import type { NewTrust } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { entryAbout } from '../../audit/audit';
import { type Clock, isoTime } from '../../clock';
import { actorOf, askingOf, requirePublishToken } from '../../http/caller';
import { problem } from '../../http/problem';
import { isChannelName } from '../../widgets/resolve';
import type { TrustStore } from './store';
import type { Trust } from './trust';

export interface TrustRoutesDeps {
  trusts: TrustStore;
  /** Issuers that the instance knows. */
  issuers: readonly string[];
  clock: Clock;
  /** Something waits to be relayed. */
  wakeRelay(): void;
}

export interface TrustRoutes {
  list: RequestHandler;
  add: RequestHandler;
  remove: RequestHandler<{ id: string }>;
}

/** Of one team: more than anybody reads. */
const most = 100;

export function createTrustRoutes({ trusts, issuers, clock, wakeRelay }: TrustRoutesDeps): TrustRoutes {
  return {
    list: async (req, res) => {
      const { team } = req.query as { team: string };
      forTeam(req, team);
      res.json({ items: await trusts.ofTeam(team), next: null });
    },

    add: async (req, res) => {
      const wanted = req.body as NewTrust;
      forTeam(req, wanted.team);
      check(wanted, issuers);
      if ((await trusts.ofTeam(wanted.team)).length >= most)
        throw problem(409, 'too_many_trusts', `The team ${wanted.team} trusts ${most} times already; remove one, or use a pattern`);
      const at = isoTime(clock);
      const { team, widget = null, issuer, subject, claims = {}, may, channels = ['stable'] } = wanted;
      const trust: Trust = {
        id: randomUUID(),
        team,
        widget,
        issuer,
        subject,
        claims,
        may,
        channels,
        createdBy: actorOf(req.caller),
        createdAt: at,
      };
      await trusts.add(trust, [entryAbout(askingOf(req), at, 'trust.add', `trust:${trust.id}`, { ...wanted })]);
      wakeRelay();
      res.status(201).json(trust);
    },

    remove: async (req, res) => {
      const { id } = req.params;
      if (req.caller.kind !== 'bootstrap') requirePublishToken(req as Request);
      const trust = await trusts.find(id);
      const unknown = problem(404, 'trust_unknown', 'There is no such trust of this team');
      if (!trust || !isOf(req, trust.team)) throw unknown;
      const { team, widget, issuer, subject } = trust;
      const about = entryAbout(askingOf(req), isoTime(clock), 'trust.remove', `trust:${id}`, { team, widget, issuer, subject });
      if (!(await trusts.remove(id, [about]))) throw unknown;
      wakeRelay();
      res.status(204).end();
    },
  };
}

function isOf(req: Pick<Request, 'caller'>, team: string): boolean {
  return req.caller.kind === 'bootstrap' || requirePublishToken(req as Request).team === team;
}

function forTeam(req: Pick<Request, 'caller'>, team: string): void {
  if (!isOf(req, team)) throw problem(403, 'team_mismatch', `This token is not of the team ${team}`);
}

function check({ issuer, subject, channels = [] }: NewTrust, issuers: readonly string[]): void {
  if (!issuers.includes(issuer)) {
    const known = issuers.length > 0 ? `it knows ${issuers.join(', ')}` : 'it knows none';
    throw problem(422, 'issuer_unknown', `This instance does not know the issuer ${issuer} (${known}); an operator sets WORKLOAD_ISSUERS`);
  }
  // A pattern of stars alone would trust everybody who has a pod in the cluster, or an account at the CI provider.
  if (/^\**$/.test(subject))
    throw problem(422, 'subject_too_wide', 'The subject must say more than *: everybody at this issuer would be trusted');
  const odd = channels.find((channel) => !isChannelName(channel));
  if (odd !== undefined) throw problem(422, 'channel_reserved', `${odd} is no channel that can be moved`);
}
