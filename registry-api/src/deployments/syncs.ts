/** What a deployment tool brought to a cluster, and which moves of channels follow from it. Pure. */
import type { ReportedSync, Sync } from '@datamesh/contracts';
import type { ChannelOwner } from '../widgets/widget';
import type { KnownSync } from './known-sync';
import type { Deployment } from './lease';

/** Of one widget: as many as could be on their way at once, with its environments. */
const most = 20;

type Place = Pick<Deployment, 'cluster' | 'namespace' | 'name'>;
const placeOf = ({ cluster, namespace, name }: Place): string => JSON.stringify([cluster, namespace, name]);

export function knownSync(
  { application, revision, by, author, startedAt, cluster = null, deployments }: ReportedSync,
  now: string,
): KnownSync {
  return {
    application,
    revision,
    by,
    // Git knows people by their addresses; a history needs none.
    author: author?.replace(/\s*<[^>]*>\s*$/, '') || null,
    startedAt,
    at: Date.parse(startedAt) < Date.parse(now) ? new Date(startedAt).toISOString() : now,
    deployments: deployments.map((deployment) => placeOf({ ...deployment, cluster })),
  };
}

/** The newest first, with one more; null: it was known, or is older than all that is kept. */
export function withSync(known: readonly KnownSync[], sync: KnownSync): KnownSync[] | null {
  if (known.some(({ application, startedAt }) => application === sync.application && startedAt === sync.startedAt)) return null;
  const next = [...known, sync].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most);
  return next.includes(sync) ? next : null;
}

/**
 * What the first pods of a revision come from that takes a channel over: the last that began before they were there, and after what the channel
 * gives already came. `since`: when the first of these pods was heard, milliseconds since the epoch.
 */
export function syncOf(
  known: readonly KnownSync[],
  owner: ChannelOwner | null,
  { deployment, since }: { deployment: Deployment; since: number },
): Sync | null {
  const before = owner?.uid === deployment.uid ? Date.parse(owner.sync?.startedAt ?? owner.at) : Number.NEGATIVE_INFINITY;
  const found = known.find(
    ({ deployments, at }) => deployments.includes(placeOf(deployment)) && Date.parse(at) <= since && Date.parse(at) > before,
  );
  return found ? publicSync(found) : null;
}

/** Whether what a channel gives already comes from a sync that is told of only now. */
export const explains = (sync: KnownSync, owner: ChannelOwner): boolean =>
  owner.sync === undefined && sync.deployments.includes(placeOf(owner)) && Date.parse(sync.at) <= Date.parse(owner.at);

export const publicSync = ({ application, revision, by, author, at }: KnownSync): Sync => ({
  application,
  revision,
  by,
  author,
  startedAt: at,
});
