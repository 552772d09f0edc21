import type { ChannelState, LeaseView, WidgetDetail } from '@datamesh/contracts';
import { i18n } from '../language/i18n';

/** Pods of one revision of a Deployment. */
export interface RevisionRow {
  revision: number;
  version: string;
  /** Ready, not draining and heard of lately. */
  ready: number;
  pods: number;
  draining: number;
  silent: number;
  /** Of the pod that has run longest. */
  since: string;
  /** Browsers get this version because of it. */
  active: boolean;
}

/** What one Deployment runs for one channel. */
export interface Environment {
  key: string;
  cluster: string | null;
  namespace: string;
  name: string;
  channel: string;
  /** `moves`: its pods move the channel; `held`: they would, but for a hold; `foreign`: another Deployment does. */
  part: 'moves' | 'held' | 'foreign';
  /** The highest first. */
  revisions: RevisionRow[];
}

/** Leases by environment, in the order of cluster, namespace, name and channel. */
export function environmentsOf(leases: readonly LeaseView[], states: WidgetDetail['channelStates']): Environment[] {
  const groups = grouped(leases, ({ deployment, channel }) => `${deployment.uid} ${channel}`);
  return [...groups]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (!first) return [];
      const { cluster, namespace, name, uid } = first.deployment;
      const state = states[first.channel];
      return [{ key, cluster, namespace, name, channel: first.channel, part: partOf(state, uid), revisions: revisionsOf(group, state) }];
    })
    .sort((one, other) => sortKey(one).localeCompare(sortKey(other)));
}

function partOf(state: ChannelState | undefined, uid: string): Environment['part'] {
  if (state?.owner && state.owner.uid !== uid) return 'foreign';
  return state?.hold ? 'held' : 'moves';
}

function revisionsOf(leases: readonly LeaseView[], state: ChannelState | undefined): RevisionRow[] {
  return [...grouped(leases, ({ revision }) => revision)]
    .map(([revision, pods]) => {
      const owner = state?.owner;
      const isOwners = owner?.uid === pods[0]?.deployment.uid && owner?.revision === revision;
      return {
        revision,
        version: pods[0]?.version ?? '',
        ready: pods.filter((pod) => pod.ready && !pod.draining && pod.health === 'healthy').length,
        pods: pods.length,
        draining: pods.filter(({ draining }) => draining).length,
        silent: pods.filter(({ health }) => health === 'unhealthy').length,
        since: pods.map(({ since }) => since).sort()[0] ?? '',
        active: isOwners && state?.version === owner?.version,
      };
    })
    .sort((one, other) => other.revision - one.revision);
}

function grouped<Key>(leases: readonly LeaseView[], keyOf: (lease: LeaseView) => Key): Map<Key, LeaseView[]> {
  const groups = new Map<Key, LeaseView[]>();
  for (const lease of leases) groups.set(keyOf(lease), [...(groups.get(keyOf(lease)) ?? []), lease]);
  return groups;
}

const sortKey = ({ cluster, namespace, name, channel }: Environment): string => [cluster ?? '', namespace, name, channel].join('/');

/** "markets/chart in eu". */
export const placeOf = ({ cluster, namespace, name }: { cluster: string | null; namespace: string; name: string }): string =>
  cluster === null ? `${namespace}/${name}` : i18n.t('{deployment} in {cluster}', { deployment: `${namespace}/${name}`, cluster });

export interface ChannelRow {
  channel: string;
  /** null: nothing. */
  version: string | null;
  owner: ChannelState['owner'];
  hold: ChannelState['hold'];
  /** What it would give without the hold, where that is known and another version. */
  wouldGive: string | null;
  /** `latest` follows publishing. */
  canHold: boolean;
}

/** `stable` first, then by name, `latest` last. */
export function channelRows(detail: Pick<WidgetDetail, 'channels' | 'channelStates'>, environments: readonly Environment[]): ChannelRow[] {
  const names = new Set([...Object.keys(detail.channels), ...Object.keys(detail.channelStates)]);
  const rank = (channel: string): number => (channel === 'stable' ? 0 : channel === 'latest' ? 2 : 1);
  return [...names]
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other))
    .map((channel) => {
      const { owner = null, hold = null } = detail.channelStates[channel] ?? {};
      const version = detail.channels[channel] ?? null;
      const running = environments.find((place) => place.channel === channel && place.part !== 'foreign');
      const next = running?.revisions.find(({ ready }) => ready > 0)?.version ?? null;
      return { channel, version, owner, hold, wouldGive: hold && next !== version ? next : null, canHold: channel !== 'latest' };
    });
}
