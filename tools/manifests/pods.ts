/** What every pod has to be: the Pod Security Standard `restricted`, and what this house asks for beyond. Each rule returns its violations. */
import { type Container, containersOf, type KubernetesObject, nameOf, type PodSpec, selects, type Workload, workloadsOf } from './objects';

type Rule = (objects: readonly KubernetesObject[]) => string[];

const perContainer =
  (rule: (container: Container, workload: Workload) => string[]): Rule =>
  (objects) =>
    workloadsOf(objects).flatMap((workload) =>
      containersOf(workload).flatMap((container) =>
        rule(container, workload).map((text) => `${workload.name}, ${container.name}: ${text}`),
      ),
    );

const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

export const restricted: Rule = (objects) => [
  ...workloadsOf(objects).flatMap(({ name, pod }) => restrictedPod(pod).map((text) => `${name}: ${text}`)),
  ...perContainer(({ securityContext: own = {} }) => {
    const faults: string[] = [];
    if (own['allowPrivilegeEscalation'] !== false) faults.push('allowPrivilegeEscalation is not false');
    if (own['privileged'] === true) faults.push('privileged');
    if (own['readOnlyRootFilesystem'] !== true) faults.push('its root file system can be written to');
    const capabilities = (own['capabilities'] ?? {}) as { drop?: string[]; add?: string[] };
    if (!capabilities.drop?.includes('ALL') || (capabilities.add ?? []).length > 0) faults.push('keeps capabilities');
    if (own['runAsUser'] === 0 || own['runAsNonRoot'] === false) faults.push('runs as root');
    return faults;
  })(objects),
];

function restrictedPod(pod: PodSpec): string[] {
  const faults: string[] = [];
  const context = pod.securityContext ?? {};
  if (context['runAsNonRoot'] !== true) faults.push('runAsNonRoot is not true');
  if (!((context['runAsUser'] as number) > 0)) faults.push('runs as no user of its own');
  if ((context['seccompProfile'] as { type?: string } | undefined)?.type !== 'RuntimeDefault') faults.push('has no seccomp profile');
  for (const word of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (pod[word]) faults.push(word);
  // Without it the token of the namespace's default account is in every container.
  if (pod.automountServiceAccountToken === undefined) faults.push('does not say whether it needs the API (automountServiceAccountToken)');
  for (const volume of pod.volumes ?? [])
    if (!VOLUMES.some((kind) => kind in volume)) faults.push(`volume ${volume.name} is of a kind that is not allowed`);
  return faults;
}

const DIGEST = /^[a-z0-9.-]+\.[a-z0-9-]+\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/;

/** A tag can be moved, a digest cannot. */
export const imagesByDigest = perContainer(({ image = '' }) => (DIGEST.test(image) ? [] : [`image ${image} is not host/name@sha256:…`]));

export const limited = perContainer(({ resources }) =>
  (['requests', 'limits'] as const).flatMap((what) =>
    (['cpu', 'memory'] as const).filter((of) => !resources?.[what]?.[of]).map((of) => `no ${what} of ${of}`),
  ),
);

export const probed: Rule = (objects) =>
  workloadsOf(objects)
    .filter(({ object }) => object.kind !== 'Job')
    .flatMap(({ name, running }) =>
      running.flatMap((container) =>
        (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((kind) => {
          const asked = container[kind]?.httpGet;
          if (!asked) return [`${name}, ${container.name}: no ${kind} over HTTP`];
          const there = (container.ports ?? []).some(
            ({ name: port, containerPort }) => asked.port === port || asked.port === containerPort,
          );
          return there ? [] : [`${name}, ${container.name}: ${kind} asks at port ${asked.port}, which it does not have`];
        }),
      ),
    );

/** Several pods of one kind on one node end together. */
export const spread: Rule = (objects) =>
  workloadsOf(objects)
    .filter(({ object }) => object.kind !== 'Job')
    .filter(
      ({ pod, labels }) =>
        !pod.topologySpreadConstraints?.length || !pod.topologySpreadConstraints.every((one) => selects(one.labelSelector, labels)),
    )
    .map(({ name }) => `${name}: its pods are not spread`);

/** What the API server fills in below volumeClaimTemplates nobody owns: Argo CD calls it a difference, and the application is never Synced. */
export const claimsWrittenOut: Rule = (objects) =>
  objects
    .filter(({ kind }) => kind === 'StatefulSet')
    .flatMap((object) =>
      ((object.spec?.['volumeClaimTemplates'] ?? []) as KubernetesObject[])
        .filter(({ apiVersion, kind, spec }) => apiVersion !== 'v1' || kind !== 'PersistentVolumeClaim' || !spec?.['volumeMode'])
        .map(({ metadata }) => `${nameOf(object)}: the claim ${metadata.name} says no apiVersion, kind or volumeMode`),
    );
