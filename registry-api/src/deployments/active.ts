/** Which version a channel gives that a cluster moves: what really runs. Pure. */
import type { Asking } from '../audit/audit';
import type { ChannelOwner, WidgetRecord } from '../widgets/widget';
import type { Deployment, Lease } from './lease';

/** A lease that was not dropped. */
export interface LiveLease extends Pick<Lease, 'deployment' | 'revision' | 'version' | 'ready' | 'draining' | 'createdAt'> {
  healthy: boolean;
}

export interface Decision {
  deployment: Deployment;
  revision: number;
  version: string;
}

/** A decision with what is told of it. */
export interface Move extends Decision {
  /** When the first pod of the revision was heard that runs, milliseconds since the epoch. */
  since: number;
  /** Pods of the revision. */
  pods: { ready: number; all: number };
}

export function moveOf(decision: Decision, leases: readonly LiveLease[]): Move {
  const pods = leases.filter(({ deployment, revision }) => deployment.uid === decision.deployment.uid && revision === decision.revision);
  return {
    ...decision,
    since: Math.min(...pods.map(({ createdAt }) => createdAt)),
    pods: { ready: pods.filter(({ ready, draining }) => ready && !draining).length, all: pods.length },
  };
}

/**
 * The highest revision with a ready lease that is not draining, of the Deployment that owns the channel; null: as it was. Revisions of
 * two Deployments cannot be compared: another one takes over when nothing of the owner lives any more. A revision that is active stays
 * so until its leases are dropped, so that a pod that misses a few heartbeats moves nobody. `usable`: whether a version may be given.
 */
export function decide(owner: ChannelOwner | null, leases: readonly LiveLease[], usable: (version: string) => boolean): Decision | null {
  const uid = leases.some(({ deployment }) => deployment.uid === owner?.uid) ? owner?.uid : firstComer(leases, usable);
  if (uid === undefined) return null;
  const eligible = leases.filter((lease) => lease.deployment.uid === uid && counts(lease, owner, usable));
  const [first, ...rest] = eligible;
  if (!first) return null;
  const top = rest.reduce((best, lease) => (lease.revision > best.revision ? lease : best), first);
  return { deployment: top.deployment, revision: top.revision, version: top.version };
}

/** Whether a decision says anything new. */
export const differs = (owner: ChannelOwner | null, { deployment, revision, version }: Decision): boolean =>
  owner?.uid !== deployment.uid || owner.revision !== revision || owner.version !== version;

function counts(lease: LiveLease, owner: ChannelOwner | null, usable: (version: string) => boolean): boolean {
  const isActive = lease.deployment.uid === owner?.uid && lease.revision === owner.revision;
  return lease.ready && !lease.draining && (lease.healthy || isActive) && usable(lease.version);
}

/** Of several that could take over, the one that was there first; by uid where that was at once, so that all replicas say the same. */
function firstComer(leases: readonly LiveLease[], usable: (version: string) => boolean): string | undefined {
  const able = leases.filter((lease) => counts(lease, null, usable));
  const [first, ...rest] = able;
  if (!first) return undefined;
  const before = (a: LiveLease, b: LiveLease) =>
    a.createdAt - b.createdAt || (a.deployment.uid < b.deployment.uid ? -1 : Number(a.deployment.uid > b.deployment.uid));
  return rest.reduce((best, lease) => (before(lease, best) < 0 ? lease : best), first).deployment.uid;
}

/** How a channel that a cluster owns is moved: one write of the widget, with its event and its audit entry. */
export interface ClusterChannels {
  /** Applies what `next` says of the widget as it is; null from it, or a held channel: nothing happens. -> whether something did. */
  follow(name: string, channel: string, next: (widget: WidgetRecord) => Promise<Move | null>, asking: Asking): Promise<boolean>;
}
