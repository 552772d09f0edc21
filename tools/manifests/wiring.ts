/** Whether what one object names is there in another. */
import { containersOf, type KubernetesObject, nameOf, selects, type Workload, workloadsOf } from './objects';

type Objects = readonly KubernetesObject[];

const find = (objects: Objects, kind: string, name: string, namespace: string) =>
  objects.find((one) => one.kind === kind && one.metadata.name === name && (one.metadata.namespace ?? 'default') === namespace);

/** Made in the cluster, by Kubernetes or by an operator. */
const GIVEN = ['kube-root-ca.crt'];

export const dangling = (objects: Objects): string[] => [
  ...workloadsOf(objects).flatMap((workload) => missingOf(objects, workload)),
  ...objects.flatMap((object) => {
    const { kind, spec, metadata, roleRef, subjects = [] } = object;
    const namespace = metadata.namespace ?? 'default';
    const pods = workloadsOf(objects).filter((workload) => workload.namespace === namespace);
    if (kind === 'PodDisruptionBudget' && !pods.some(({ labels }) => selects(spec?.selector, labels)))
      return [`${nameOf(object)}: of no pod`];
    if (kind === 'PodMonitor' && !pods.some(({ labels }) => selects(spec?.selector, labels))) return [`${nameOf(object)}: of no pod`];
    if (kind === 'HorizontalPodAutoscaler') {
      const target = find(objects, spec?.scaleTargetRef?.kind ?? '', spec?.scaleTargetRef?.name ?? '', namespace);
      if (!target) return [`${nameOf(object)}: of no workload`];
      if (target.spec?.replicas !== undefined) return [`${nameOf(object)}: ${nameOf(target)} says its replicas itself`];
    }
    if (kind === 'RoleBinding')
      return [
        ...(find(objects, roleRef?.kind ?? '', roleRef?.name ?? '', namespace) ? [] : [`${nameOf(object)}: no role ${roleRef?.name}`]),
        ...subjects
          .filter((one) => one.kind === 'ServiceAccount' && !find(objects, 'ServiceAccount', one.name, one.namespace ?? namespace))
          .map(({ name }) => `${nameOf(object)}: no account ${name}`),
      ];
    return [];
  }),
];

function missingOf(objects: Objects, workload: Workload): string[] {
  const { name, namespace, pod, object, labels } = workload;
  const faults: string[] = [];
  if (object.kind !== 'Job' && !selects(object.spec?.selector, labels)) faults.push('its selector does not select its own pods');
  if (pod.serviceAccountName && !find(objects, 'ServiceAccount', pod.serviceAccountName, namespace))
    faults.push(`no ServiceAccount ${pod.serviceAccountName}`);
  for (const { name: volume, configMap, persistentVolumeClaim } of pod.volumes ?? []) {
    if (configMap && !GIVEN.includes(configMap.name) && !find(objects, 'ConfigMap', configMap.name, namespace))
      faults.push(`volume ${volume}: no ConfigMap ${configMap.name}`);
    if (persistentVolumeClaim && !find(objects, 'PersistentVolumeClaim', persistentVolumeClaim.claimName, namespace))
      faults.push(`volume ${volume}: no PersistentVolumeClaim ${persistentVolumeClaim.claimName}`);
  }
  const claims = (object.spec?.['volumeClaimTemplates'] ?? []) as { metadata: { name: string } }[];
  const volumes = new Set([...(pod.volumes ?? []).map((one) => one.name), ...claims.map(({ metadata }) => metadata.name)]);
  for (const container of containersOf(workload))
    for (const { name: mounted } of container.volumeMounts ?? [])
      if (!volumes.has(mounted)) faults.push(`${container.name} mounts ${mounted}, which is no volume`);
  return faults.map((text) => `${name}: ${text}`);
}

/** Every Service leads to a port of pods, and either a route leads to it or it says that it is internal; routes lead to Services and Gateways. */
export function unrouted(objects: Objects): string[] {
  const routes = objects.filter(({ kind }) => kind === 'HTTPRoute');
  const backends = new Set(
    routes.flatMap(({ metadata, spec }) =>
      (spec?.rules ?? []).flatMap(({ backendRefs = [] }) => backendRefs.map(({ name, port }) => `${metadata.namespace}/${name}:${port}`)),
    ),
  );
  const offered = new Set<string>();
  const faults = objects
    .filter(({ kind }) => kind === 'Service')
    .flatMap((service) => {
      const { metadata, spec } = service;
      const at = (spec?.ports ?? []).map(({ port }) => `${metadata.namespace}/${metadata.name}:${port}`);
      for (const one of at) offered.add(one);
      const internal = metadata.annotations?.['datamesh/exposure'] === 'internal';
      const routed = at.some((one) => backends.has(one));
      const pods = workloadsOf(objects).filter(
        ({ namespace, labels }) =>
          namespace === metadata.namespace && selects({ matchLabels: spec?.selector as Record<string, string> }, labels),
      );
      const has = (port: number | string | undefined) =>
        pods.some(({ running }) => running.some(({ ports = [] }) => ports.some((one) => one.name === port || one.containerPort === port)));
      return [
        ...(internal === routed
          ? [`${nameOf(service)}: ${routed ? 'is internal, and a route leads to it' : 'has no route and is not internal'}`]
          : []),
        ...(spec?.ports ?? [])
          .filter(({ port, targetPort }) => !has(targetPort ?? port))
          .map(({ port }) => `${nameOf(service)}: port ${port} leads to no container`),
      ];
    });
  const lost = [...backends].filter((backend) => !offered.has(backend)).map((backend) => `a route leads to ${backend}, which is not there`);
  return [...faults, ...lost, ...routes.flatMap((route) => outOfGateways(objects, route))];
}

function outOfGateways(objects: Objects, route: KubernetesObject): string[] {
  return (route.spec?.parentRefs ?? []).flatMap(({ name, namespace, sectionName }) => {
    const gateway = find(objects, 'Gateway', name, namespace ?? route.metadata.namespace ?? 'default');
    const listeners = (gateway?.spec?.listeners ?? []).filter((one) => sectionName === undefined || one.name === sectionName);
    if (listeners.length === 0) return [`${nameOf(route)}: no Gateway ${namespace}/${name} with a listener ${sectionName}`];
    return (route.spec?.hostnames ?? [])
      .filter((host) => !listeners.some(({ hostname }) => hostname === undefined || hostname === host))
      .map((host) => `${nameOf(route)}: no listener for ${host}`);
  });
}
