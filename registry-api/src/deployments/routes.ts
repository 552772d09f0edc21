/** Deployments over HTTP: in and out, nothing else. */
import type { Heartbeat, ReportedSync } from '@datamesh/contracts';
import type { Request, RequestHandler } from 'express';
import { readEntry } from '../audit/audit';
import type { AuditStore } from '../audit/store';
import { type Clock, isoTime } from '../clock';
import { actorOf, askingOf, notSignedIn } from '../http/caller';
import { encodeCursor, isNumber, pageOf } from '../http/page';
import { problem } from '../http/problem';
import type { Allowed } from '../identity/trusts/allowed';
import { givenOf } from '../widgets/channels';
import type { Following } from '../widgets/following';
import { widgetUnknown } from '../widgets/lifecycle';
import { checkLooksAfter } from '../widgets/looking-after';
import type { WidgetStore } from '../widgets/store';
import { leaseAnswer, leaseView } from './answer';
import type { Deployments, Holder } from './deployments';
import { channelMove, movesOf } from './history';
import { checkPod } from './pod-claims';
import { knownSync } from './syncs';

export interface DeploymentRoutes {
  heartbeat: RequestHandler<{ lease: string }>;
  end: RequestHandler<{ lease: string }>;
  sync: RequestHandler;
  list: RequestHandler;
  history: RequestHandler<{ name: string }>;
}

export interface DeploymentRoutesDeps {
  deployments: Deployments;
  widgets: WidgetStore;
  channels: Pick<Following, 'sync'>;
  allowed: Allowed;
  audit: Pick<AuditStore, 'about'>;
  /** Everything that was written before is in the audit log when this returns. */
  settleAudit(): Promise<void>;
  clock: Clock;
}

export function createDeploymentRoutes({
  deployments,
  widgets,
  channels,
  allowed,
  audit,
  settleAudit,
  clock,
}: DeploymentRoutesDeps): DeploymentRoutes {
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

    sync: async (req, res) => {
      const body = req.body as ReportedSync;
      const widget = await widgets.find(body.widget);
      const team = await allowed.teamFor(req as Request, { widget: body.widget, action: 'annotate', channel: null }, widget?.owner ?? null);
      if (!widget) throw widgetUnknown(body.widget);
      await channels.sync(body.widget, knownSync(body, isoTime(clock)), { team, asking: askingOf(req as Request) });
      res.status(204).end();
    },

    list: async (req, res) => {
      const { widget: name } = req.query as { widget: string };
      await checkLooksAfter(req, widgets, name);
      res.json({ items: (await deployments.ofWidget(name)).map(leaseView), next: null });
    },

    history: async (req, res) => {
      const widget = await checkLooksAfter(req, widgets, req.params.name);
      const { cursor, limit } = pageOf(req as Request, isNumber);
      await settleAudit();
      const rows = await audit.about(movesOf(widget), limit + 1, cursor);
      const shown = rows.slice(0, limit);
      // What cannot be read (any more) is no move; the audit log shows it, and its verification says so.
      const items = shown.flatMap((row) => readEntry(row) ?? []).flatMap((entry) => channelMove(entry) ?? []);
      const last = shown.at(-1);
      res.json({ items, next: last && rows.length > limit ? encodeCursor(last.seq) : null, given: givenOf(widget) });
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
