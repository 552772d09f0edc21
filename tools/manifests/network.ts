/** Network policies, as a network plugin reads them: who may call whom. */
import { type KubernetesObject, type Peer, type Rule, selects, workloadsOf } from './objects';

export interface Endpoint {
  name: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
  /** Of its containers: name -> number. */
  ports: ReadonlyMap<string, number>;
}

const policiesOf = (objects: readonly KubernetesObject[]) => objects.filter(({ kind }) => kind === 'NetworkPolicy');

/** Pods of ours, and those that operators make of their resources, which our policies have to know by the operators' labels. */
export function endpointsOf(objects: readonly KubernetesObject[]): Endpoint[] {
  const own = workloadsOf(objects).map(({ name, namespace, labels, running }) => ({
    name,
    namespace,
    labels,
    ports: new Map(running.flatMap(({ ports = [] }) => ports.map((port) => [port.name ?? '', port.containerPort] as const))),
  }));
  const made = objects.flatMap(({ kind, metadata: { name, namespace = 'default' } }) => {
    const endpoint = (labels: Record<string, string>) => [{ name: `${kind} ${namespace}/${name}`, namespace, labels, ports: new Map() }];
    if (kind === 'MongoDBCommunity') return endpoint({ app: `${name}-svc` });
    if (kind === 'Kafka') return endpoint({ 'strimzi.io/cluster': name, 'strimzi.io/kind': 'Kafka' });
    return [];
  });
  return [...own, ...made];
}

/** Every pod's namespace denies by default, and every pod has a policy of its own that says what it may do. */
export function closed(objects: readonly KubernetesObject[]): string[] {
  return endpointsOf(objects).flatMap(({ name, namespace, labels }) => {
    const here = policiesOf(objects).filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace);
    const denies = here.some(({ spec }) => isEmpty(spec?.podSelector) && bothWays(spec?.policyTypes) && !spec?.ingress && !spec?.egress);
    const own = here.some(({ spec }) => !isEmpty(spec?.podSelector) && bothWays(spec?.policyTypes) && selects(spec?.podSelector, labels));
    return [
      ...(denies ? [] : [`${name}: namespace ${namespace} does not deny by default`]),
      ...(own ? [] : [`${name}: no network policy of its own`]),
    ];
  });
}

const isEmpty = (selector: object | undefined) => selector !== undefined && Object.keys(selector).length === 0;
const bothWays = (types: readonly string[] = []) => types.includes('Ingress') && types.includes('Egress');

/** Whether a connection is let out of one pod and into the other. */
export function allows(objects: readonly KubernetesObject[], from: Endpoint, to: Endpoint, port: number): boolean {
  return passes(objects, from, to, port, 'egress', to) && passes(objects, to, from, port, 'ingress', to);
}

/** `port` is of `called`, by number or by the name that its container gives it. */
function passes(
  objects: readonly KubernetesObject[],
  self: Endpoint,
  other: Endpoint,
  port: number,
  way: 'ingress' | 'egress',
  called: Endpoint,
): boolean {
  const type = way === 'ingress' ? 'Ingress' : 'Egress';
  const policies = policiesOf(objects).filter(
    ({ metadata, spec }) =>
      (metadata.namespace ?? 'default') === self.namespace && spec?.policyTypes?.includes(type) && selects(spec.podSelector, self.labels),
  );
  if (policies.length === 0) return true;
  return policies.some(({ spec }) =>
    (spec?.[way] ?? []).some((rule) => isOpen(rule, port, called) && meets(objects, rule, way, self.namespace, other)),
  );
}

const isOpen = ({ ports }: Rule, port: number, called: Endpoint): boolean =>
  !ports || ports.some((one) => (typeof one.port === 'number' ? one.port : called.ports.get(one.port)) === port);

function meets(objects: readonly KubernetesObject[], rule: Rule, way: 'ingress' | 'egress', namespace: string, other: Endpoint): boolean {
  const peers = way === 'ingress' ? rule.from : rule.to;
  return !peers || peers.some((peer) => isPeer(objects, peer, namespace, other));
}

/** Addresses of pods count as none of an ipBlock's: plugins differ there, and nothing of ours may depend on it. */
function isPeer(
  objects: readonly KubernetesObject[],
  { podSelector, namespaceSelector, ipBlock }: Peer,
  namespace: string,
  other: Endpoint,
): boolean {
  if (ipBlock) return false;
  const there = namespaceSelector ? selects(namespaceSelector, labelsOfNamespace(objects, other.namespace)) : other.namespace === namespace;
  return there && (!podSelector || selects(podSelector, other.labels));
}

function labelsOfNamespace(objects: readonly KubernetesObject[], name: string): Record<string, string> {
  const found = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
  return { ...found?.metadata.labels, 'kubernetes.io/metadata.name': name };
}
