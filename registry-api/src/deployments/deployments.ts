/** Heartbeats in, versions out: what runs in a cluster decides what its channels give. */
import { isDeepStrictEqual } from 'node:util';
import type { Heartbeat } from '@datamesh/contracts';
import type { Asking } from '../audit/audit';
import type { Clock } from '../clock';
import { setUpActor } from '../http/caller';
import { problem } from '../http/problem';
import { ownerOf } from '../widgets/channels';
import { versionUnknown, widgetUnknown } from '../widgets/lifecycle';
import { isChannelName } from '../widgets/resolve';
import type { WidgetStore } from '../widgets/store';
import { versionOf, type WidgetRecord } from '../widgets/widget';
import { type ClusterChannels, decide, type LiveLease, moveOf } from './active';
import { clockTolerance, droppedAfter, healthOf, type Lease, tombstoneFor, unhealthyAfter } from './lease';
import type { LeaseStore } from './store';
import { ticked } from './watch';

export interface DeploymentsOptions {
  leases: LeaseStore;
  widgets: WidgetStore;
  channels: ClusterChannels;
  /** Pods of a widget came, went, changed, fell silent or were heard again. */
  changed(widget: string): void;
  clock: Clock;
}

/** Who beats: `<issuer>#<subject>`, and as the audit log keeps the request. */
export interface Holder {
  holder: string;
  asking: Asking;
}

export interface Beaten {
  lease: Lease;
  widget: WidgetRecord;
}

export interface Deployments {
  /** Throws what the contract names; nothing is changed then. */
  heartbeat(id: string, body: Heartbeat, by: Holder): Promise<Beaten>;
  /** A lease of somebody else is none of the caller's (403 `lease_foreign`). */
  end(id: string, by: Holder): Promise<void>;
  ofWidget(name: string): Promise<(Lease & { health: 'healthy' | 'unhealthy' })[]>;
  /** Whether something of a channel's Deployment still runs. */
  inUse(name: string, channel: string, uid: string): Promise<boolean>;
  /** A channel as what runs says now, after a hold was lifted. */
  settle(name: string, channel: string, asking: Asking): Promise<void>;
  /** Ticks the watch, drops who has been silent for too long; every process calls it. */
  tick(): Promise<void>;
  /** Every channel again, and old tombstones away: after a crash between a lease and its channel. */
  sweep(): Promise<void>;
}

/** Leases that are dropped by one tick. */
const dropsAtOnce = 1000;
/** For moves that no request asked for. */
const byItself: Asking = { actor: setUpActor, from: null, requestId: '' };

export function createDeployments({ leases, widgets, channels, changed, clock }: DeploymentsOptions): Deployments {
  /** As the next tick would say: the first heartbeat after an outage may come before the first tick. */
  const availableSince = async (): Promise<number> => ticked(await leases.watch(), clock()).availableSince;

  async function live(widget: string, channel: string): Promise<LiveLease[]> {
    const [since, found] = [await availableSince(), await leases.ofChannel(widget, channel)];
    return found.flatMap((lease) => {
      const health = healthOf(lease, clock(), since);
      return health === 'dropped' ? [] : [{ ...lease, healthy: health === 'healthy' }];
    });
  }

  /** Until deciding again says nothing new: leases may change while the widget is written. */
  async function settle(name: string, channel: string, asking: Asking): Promise<void> {
    const next = async (widget: WidgetRecord) => {
      const found = await live(name, channel);
      const decision = decide(ownerOf(widget, channel), found, (version) => versionOf(widget, version)?.yanked === null);
      return decision && moveOf(decision, found);
    };
    while (await channels.follow(name, channel, next, asking));
  }

  async function checkWidget({ widget: name, version, channel }: Heartbeat): Promise<void> {
    if (!isChannelName(channel)) throw problem(422, 'channel_reserved', `${channel} is no channel that can be moved`);
    const widget = await widgets.find(name);
    if (!widget) throw widgetUnknown(name);
    const entry = versionOf(widget, version);
    if (!entry) throw versionUnknown(name, version);
    if (entry.yanked !== null) throw problem(409, 'version_yanked', `${name} ${version} was withdrawn: ${entry.yanked}`);
  }

  /** What the pod and its neighbours said before must not be contradicted. -> leases that this one takes the place of. */
  async function checkLeases(id: string, body: Heartbeat, holder: string): Promise<{ known: Lease | null; replaced: Lease[] }> {
    const known = await leases.find(id);
    if (
      known &&
      (known.holder !== holder || known.pod.uid !== body.pod.uid || known.widget !== body.widget || known.channel !== body.channel)
    )
      throw problem(409, 'lease_foreign', 'This lease belongs to another pod, widget or channel; take an id of your own');
    const ofPod = (await leases.ofPod(body.pod.uid)).filter((lease) => lease.widget === body.widget && lease.channel === body.channel);
    const stranger = ofPod.find((lease) => lease.holder !== holder);
    if (stranger) throw problem(409, 'lease_foreign', 'Another workload holds a lease for this pod');
    const uid = body.deployment.uid;
    const ahead = ofPod.find((lease) => lease.deployment.uid === uid && lease.revision > body.revision);
    if (ahead)
      throw problem(
        409,
        'revision_backwards',
        `This pod was at revision ${ahead.revision} of its Deployment, and says ${body.revision} now`,
      );
    const same = (await live(body.widget, body.channel)).find(
      (lease) => lease.deployment.uid === uid && lease.revision === body.revision && lease.version !== body.version,
    );
    if (same)
      throw problem(
        409,
        'revision_conflict',
        `Other pods of revision ${body.revision} run ${same.version}, this one ${body.version}: a revision is one version, by its image’s digest`,
      );
    return { known, replaced: ofPod.filter((lease) => lease.id !== id) };
  }

  return {
    heartbeat: async (id, body, { holder, asking }) => {
      await checkWidget(body);
      const { known, replaced } = await checkLeases(id, body, holder);
      const now = clock();
      const lease: Lease = {
        ...body,
        id,
        deployment: { ...body.deployment, cluster: body.deployment.cluster ?? null },
        holder,
        createdAt: known?.createdAt ?? now,
        beatAt: now,
      };
      if ((await leases.write(lease)) === 'ended') throw problem(410, 'lease_gone', 'This lease ended; take another id');
      // The sidecar of this pod was started anew: nobody says goodbye for what it held before.
      for (const { id: old } of replaced) await leases.end(old, now);
      if (replaced.length > 0 || !known || saysMore(known, lease)) changed(body.widget);
      await settle(body.widget, body.channel, asking);
      const widget = await widgets.find(body.widget);
      if (!widget) throw widgetUnknown(body.widget);
      return { lease, widget };
    },

    end: async (id, { holder, asking }) => {
      const known = await leases.find(id);
      if (known && known.holder !== holder) throw problem(403, 'lease_foreign', 'This lease belongs to another workload');
      const ended = await leases.end(id, clock());
      if (!ended) return;
      changed(ended.widget);
      await settle(ended.widget, ended.channel, asking);
    },

    ofWidget: async (name) => {
      const since = await availableSince();
      return (await leases.ofWidget(name)).flatMap((lease) => {
        const health = healthOf(lease, clock(), since);
        return health === 'dropped' ? [] : [{ ...lease, health }];
      });
    },

    inUse: async (name, channel, uid) => (await live(name, channel)).some(({ deployment }) => deployment.uid === uid),

    settle,

    tick: async () => {
      const before = await leases.watch();
      const now = clock();
      const next = ticked(before, now);
      // Another process ticked in between: its tick is as good.
      if (!(await leases.tick(before, next))) return;
      const silent = await leases.silent(now - droppedAfter + 1, now + clockTolerance, dropsAtOnce);
      const dropped: Lease[] = [];
      for (const lease of silent)
        if (healthOf(lease, now, next.availableSince) === 'dropped' && (await leases.drop(lease.id, lease.beatAt, now)))
          dropped.push(lease);
      // As long as it is silent a pod is told of with every tick: the announcer makes few events of that.
      for (const { widget } of await leases.silent(now - unhealthyAfter + 1, now + clockTolerance, dropsAtOnce)) changed(widget);
      for (const { widget } of dropped) changed(widget);
      // After an outage every channel is looked at: silence that counted before does not count any more.
      const concerned = next.availableSince === before?.availableSince ? distinct(dropped) : await leases.channels();
      for (const { widget, channel } of concerned) await settle(widget, channel, byItself);
    },

    sweep: async () => {
      for (const { widget, channel } of await leases.channels()) await settle(widget, channel, byItself);
      await leases.forget(clock() - tombstoneFor);
    },
  };
}

/** Whether a heartbeat tells anything but that the pod lives on. */
function saysMore(before: Lease, lease: Lease): boolean {
  const { ready, draining, revision, version, deployment } = before;
  const same = { ready, draining, revision, version, deployment };
  return lease.beatAt - before.beatAt >= unhealthyAfter || !isDeepStrictEqual({ ...lease, ...same }, lease);
}

function distinct(list: readonly Lease[]): { widget: string; channel: string }[] {
  return [...new Map(list.map(({ widget, channel }) => [`${widget}@${channel}`, { widget, channel }])).values()];
}
