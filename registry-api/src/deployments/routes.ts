/** Deployments over HTTP: in and out, nothing else. */
import type { Heartbeat } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { actorOf, askingOf, notSignedIn } from '../http/caller';
import { problem } from '../http/problem';
import type { Allowed } from '../identity/trusts/allowed';
import { widgetUnknown } from '../widgets/changes';
import type { WidgetStore } from '../widgets/store';
import { leaseAnswer, leaseView } from './answer';
import type { Deployments, Holder } from './deployments';
import { checkPod } from './pod-claims';

export interface DeploymentRoutes {
  heartbeat: RequestHandler<{ lease: string }>;
  end: RequestHandler<{ lease: string }>;
  list: RequestHandler;
}

export interface DeploymentRoutesDeps {
  deployments: Deployments;
  widgets: WidgetStore;
  allowed: Allowed;
}

export function createDeploymentRoutes({ deployments, widgets, allowed }: DeploymentRoutesDeps): DeploymentRoutes {
  return {
    heartbeat: async (req, res) => {
      const body = req.body as Heartbeat;
      const holder = holderOf(req);
      const widget = await widgets.find(body.widget);
      if (!widget) throw widgetUnknown(body.widget);
      await allowed.teamFor(req, { widget: body.widget, action: 'register', channel: body.channel }, widget.owner);
      checkPod(req.caller, body);
      res.json(leaseAnswer(await deployments.heartbeat(req.params.lease, body, holder)));
    },

    end: async (req, res) => {
      await deployments.end(req.params.lease, holderOf(req));
      res.status(204).end();
    },

    list: async (req, res) => {
      const { widget: name } = req.query as { widget: string };
      const widget = await widgets.find(name);
      if (!widget) throw widgetUnknown(name);
      if (!mayLook(req, widget.owner))
        throw problem(403, 'team_mismatch', `What runs of ${name} is shown to the team ${widget.owner} and to admins`);
      res.json({ items: (await deployments.ofWidget(name)).map(leaseView), next: null });
    },
  };
}

function holderOf(req: Pick<Request, 'caller' | 'ip' | 'requestId'>): Holder {
  const { caller } = req;
  if (caller.kind === 'nobody') throw notSignedIn();
  if (caller.kind !== 'workload')
    throw problem(403, 'workload_required', 'Leases are held by workloads: pods show their ServiceAccount’s token');
  return { holder: `${caller.issuer}#${caller.subject}`, asking: { ...askingOf(req as Request), actor: actorOf(caller) } };
}

function mayLook({ caller }: Pick<Request, 'caller'>, owner: string): boolean {
  switch (caller.kind) {
    case 'nobody':
      throw notSignedIn();
    case 'user':
      return caller.claims.roles.includes('admin') || caller.claims.teams.includes(owner);
    case 'token':
      return caller.team === owner;
    case 'bootstrap':
      return true;
    case 'workload':
      return false;
  }
}
