/** What a running pod says of itself, and for how long that counts. Times are this service's own, never a pod's. */

export interface Deployment {
  /** Of the Kubernetes object: a Deployment that is deleted and made anew has another one. */
  uid: string;
  name: string;
  namespace: string;
  /** The name that the pod's platform gives its cluster; null where there is one cluster only. */
  cluster: string | null;
}

export interface Pod {
  uid: string;
  name: string;
}

export interface Lease {
  /** Minted by the sidecar's process. */
  id: string;
  widget: string;
  version: string;
  channel: string;
  deployment: Deployment;
  /** `deployment.kubernetes.io/revision` of the pod's ReplicaSet: it rises with every rollout, rollbacks included. */
  revision: number;
  pod: Pod;
  ready: boolean;
  draining: boolean;
  /** The workload that beats: `<issuer>#<subject>`. */
  holder: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  beatAt: number;
}

export const beatSeconds = 5;
/** Milliseconds without a heartbeat. */
export const unhealthyAfter = 15_000;
export const droppedAfter = 30_000;
/** A heartbeat of a lease that ended within so many milliseconds is told so; after that its id is simply unknown. */
export const tombstoneFor = 24 * 3_600_000;

export type Health = 'healthy' | 'unhealthy' | 'dropped';

/** Milliseconds by which clocks of replicas may differ; a heartbeat from further ahead is from before this clock went back. */
export const clockTolerance = 10_000;

/** `availableSince`: since when somebody has been there to hear heartbeats; silence before that is nobody's fault. */
export function healthOf({ beatAt }: Pick<Lease, 'beatAt'>, now: number, availableSince: number): Health {
  const heard = beatAt > now + clockTolerance ? availableSince : Math.max(beatAt, availableSince);
  const silence = now - heard;
  if (silence < unhealthyAfter) return 'healthy';
  return silence < droppedAfter ? 'unhealthy' : 'dropped';
}
