/** Which Deployment a pod belongs to and which revision of it it runs, as the cluster says now. */
import type { KubernetesConfig } from './config';
import { call, reasonOf } from './http';

export interface Rollout {
  deployment: { uid: string; name: string };
  revision: number;
}

/** What the cluster says cannot be used; the text is for the pod's owner. */
export class KubernetesError extends Error {}

const REVISION = 'deployment.kubernetes.io/revision';

interface Owned {
  metadata?: {
    annotations?: Record<string, string>;
    ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[];
  };
}

export interface Kubernetes {
  /** Asked at each heartbeat: a rollback raises the revision of a ReplicaSet whose pods run already. */
  rollout(): Promise<Rollout>;
}

export function createKubernetes(config: KubernetesConfig, pod: { name: string; namespace: string }): Kubernetes {
  let replicaSet: string | undefined;

  async function get(path: string): Promise<Owned> {
    const answer = await call({ url: config.url + path, tokenFile: config.tokenFile, caFile: config.ca }).catch((error: unknown) => {
      throw new KubernetesError(`the Kubernetes API does not answer (${reasonOf(error)})`);
    });
    if (answer.status === 403)
      throw new KubernetesError(`the pod’s ServiceAccount may not read ${path}: it needs "get" on pods and replicasets of its namespace`);
    if (answer.status !== 200) throw new KubernetesError(`the Kubernetes API answers ${answer.status} for ${path}`);
    return JSON.parse(answer.text) as Owned;
  }

  const controllerOf = ({ metadata }: Owned, kind: string) =>
    metadata?.ownerReferences?.find((owner) => owner.kind === kind && owner.controller !== false);

  return {
    rollout: async () => {
      const namespace = encodeURIComponent(pod.namespace);
      if (replicaSet === undefined) {
        const owner = controllerOf(await get(`/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod.name)}`), 'ReplicaSet');
        if (!owner) throw new KubernetesError('this pod belongs to no Deployment: a widget is registered from a Deployment’s pods');
        replicaSet = owner.name;
      }
      const set = await get(`/apis/apps/v1/namespaces/${namespace}/replicasets/${encodeURIComponent(replicaSet)}`);
      const deployment = controllerOf(set, 'Deployment');
      const revision = Number(set.metadata?.annotations?.[REVISION]);
      if (!deployment || !Number.isInteger(revision) || revision < 1)
        throw new KubernetesError(`the ReplicaSet ${replicaSet} names no Deployment or no ${REVISION}`);
      return { deployment: { uid: deployment.uid, name: deployment.name }, revision };
    },
  };
}
