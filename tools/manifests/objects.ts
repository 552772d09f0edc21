/** What tests read of the objects that a kustomization makes. Schemas check the rest. */

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: Spec;
  data?: Record<string, string>;
  automountServiceAccountToken?: boolean;
  roleRef?: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** The members of all kinds together that are looked at here. */
interface Spec {
  replicas?: number;
  selector?: Selector & Record<string, unknown>;
  template?: { metadata?: { labels?: Record<string, string> }; spec: PodSpec };
  jobTemplate?: { spec: Pick<Spec, 'template'> };
  podSelector?: Selector;
  policyTypes?: string[];
  ingress?: Rule[];
  egress?: Rule[];
  ports?: { name?: string; port: number; targetPort?: number | string }[];
  hostnames?: string[];
  parentRefs?: { name: string; namespace?: string; sectionName?: string }[];
  rules?: { backendRefs?: { name: string; port: number }[] }[];
  listeners?: { name: string; hostname?: string }[];
  scaleTargetRef?: { kind: string; name: string };
  [other: string]: unknown;
}

export interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number | string; protocol?: string }[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: Record<string, unknown>;
  containers: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
  topologySpreadConstraints?: { labelSelector?: Selector }[];
}

export interface Volume {
  name: string;
  configMap?: { name: string };
  secret?: { secretName: string };
  persistentVolumeClaim?: { claimName: string };
  projected?: { sources: { serviceAccountToken?: { audience?: string; path: string } }[] };
  [other: string]: unknown;
}

interface Probe {
  httpGet?: { path: string; port: number | string };
}

export interface Container {
  name: string;
  image?: string;
  restartPolicy?: string;
  env?: { name: string; value?: string; valueFrom?: Record<string, unknown> }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name?: string; containerPort: number }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: Record<string, unknown>;
  volumeMounts?: { name: string; mountPath: string }[];
}

export interface Workload {
  object: KubernetesObject;
  /** For messages: `Deployment datamesh/host`. */
  name: string;
  namespace: string;
  labels: Record<string, string>;
  pod: PodSpec;
  /** Native sidecars count: all that stays. */
  running: Container[];
}

export const nameOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

/** What makes pods, of our own and of the kinds that Kubernetes brings. */
export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects.flatMap((object) => {
    const template = (object.spec?.jobTemplate?.spec ?? object.spec)?.template;
    if (!['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(object.kind) || !template) return [];
    const sidecars = (template.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
    return [
      {
        object,
        name: nameOf(object),
        namespace: object.metadata.namespace ?? 'default',
        labels: template.metadata?.labels ?? {},
        pod: template.spec,
        running: [...sidecars, ...template.spec.containers],
      },
    ];
  });
}

export const containersOf = ({ pod }: Workload): Container[] => [...(pod.initContainers ?? []), ...pod.containers];

/** An empty selector selects all, one that is not there none. */
export function selects(selector: Selector | undefined, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined) return false;
  const all = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return all && (selector.matchExpressions ?? []).every((expression) => meets(expression, labels));
}

function meets(
  { key, operator, values = [] }: { key: string; operator: string; values?: string[] },
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  if (operator === 'In') return value !== undefined && values.includes(value);
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  throw new Error(`no operator of a selector: ${operator}`);
}
