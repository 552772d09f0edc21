/** The environment of our own containers, read by the very config.ts that will read it there. */
import { readConfig as readHost } from '../../host/server/config';
import { readConfig as readSidecar } from '../../packages/sidecar/src/config';
import { readConfig as readRegistry } from '../../registry-api/src/config';
import { readPinotSetup, readConfig as readTracker } from '../../tracker/src/config';
import { type Container, type KubernetesObject, type Workload, workloadsOf } from './objects';

type Environment = Readonly<Record<string, string | undefined>>;

const READERS = new Map<string, (env: Environment) => unknown>([
  ['host', readHost],
  ['registry-api', readRegistry],
  ['tracker', readTracker],
  ['pinot-apply', readPinotSetup],
  ['datamesh-sidecar', readSidecar],
]);

/** Read by Node itself, as docs/tracker.md says. */
const NODES_OWN = new Set(['NODE_EXTRA_CA_CERTS']);
/** For what a Secret or the API gives: enough for a reader that only wants it to be there. */
const UNKNOWN = 'given-by-the-cluster';

/** Of each container of ours: settings that cannot be used, in the reader's words, and those that nobody reads. */
export function wrongSettings(objects: readonly KubernetesObject[]): string[] {
  return ourContainers(objects).flatMap(({ workload, container, read }) => {
    const at = `${workload.name}, ${container.name}`;
    const env = environmentOf(objects, workload, container);
    if (typeof env === 'string') return [`${at}: ${env}`];
    const asked = new Set<string>();
    const watched = new Proxy(env, {
      get: (target, name) => {
        asked.add(String(name));
        return target[String(name)];
      },
    });
    try {
      read(watched);
    } catch (error) {
      return [`${at}: ${(error as Error).message}`];
    }
    return Object.keys(env)
      .filter((name) => !asked.has(name) && !NODES_OWN.has(name))
      .map((name) => `${at}: nobody reads ${name}`);
  });
}

export function settingsOf(objects: readonly KubernetesObject[], name: string): Record<string, string> {
  const found = ourContainers(objects).find(({ container }) => container.name === name);
  const env = found ? environmentOf(objects, found.workload, found.container) : `no container ${name}`;
  if (typeof env === 'string') throw new Error(env);
  return env;
}

const ourContainers = (objects: readonly KubernetesObject[]) =>
  workloadsOf(objects).flatMap((workload) =>
    workload.running.flatMap((container) => {
      const read = READERS.get(container.name);
      return read ? [{ workload, container, read }] : [];
    }),
  );

/** A text says what is missing. */
function environmentOf(objects: readonly KubernetesObject[], workload: Workload, container: Container): Record<string, string> | string {
  const env: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom ?? []) {
    const data = configMapRef ? dataOf(objects, workload.namespace, configMapRef.name) : undefined;
    if (!data) return `no ConfigMap ${configMapRef?.name}`;
    Object.assign(env, data);
  }
  for (const { name, value } of container.env ?? []) env[name] = value ?? UNKNOWN;
  for (const [name, value] of Object.entries(env)) {
    const mounted = textOf(objects, workload, container, value);
    if (mounted !== undefined) env[name] = mounted;
  }
  return env;
}

/** What a mounted file of a ConfigMap says, as JSON that a setting may hold in its place: the file itself is in the cluster only. */
function textOf(objects: readonly KubernetesObject[], workload: Workload, container: Container, path: string): string | undefined {
  const mount = (container.volumeMounts ?? []).find(({ mountPath }) => path.startsWith(`${mountPath}/`));
  const configMap = workload.pod.volumes?.find(({ name }) => name === mount?.name)?.configMap;
  return mount && configMap ? dataOf(objects, workload.namespace, configMap.name)?.[path.slice(mount.mountPath.length + 1)] : undefined;
}

const dataOf = (objects: readonly KubernetesObject[], namespace: string, name: string): Record<string, string> | undefined =>
  objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name && (metadata.namespace ?? 'default') === namespace)
    ?.data;

const SECRET_NAME = /SECRET|PASSWORD|TOKEN|CREDENTIAL|PRIVATE|MONGO_URL|APIKEY|API_KEY/i;
const SECRET_TEXT =
  /:\/\/[^/\s:@]+:[^/\s@$]+@|dm[pbk]_[A-Za-z0-9_-]{20}|-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_[A-Za-z0-9]{20}|AKIA[A-Z0-9]{16}/;

/** No Secret among the manifests, no secret's value in an environment or a ConfigMap: by reference only. */
export function secretsInClear(objects: readonly KubernetesObject[]): string[] {
  const found = objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => `Secret ${metadata.name} is in the manifests`);
  for (const { name, running } of workloadsOf(objects))
    for (const container of running)
      for (const { name: variable, value } of container.env ?? [])
        if (value !== undefined && SECRET_NAME.test(variable) && !isReference(value)) found.push(`${name}: ${variable} is given in clear`);
  for (const { kind, metadata, data } of objects)
    if (kind === 'ConfigMap')
      for (const [key, value] of Object.entries(data ?? {}))
        if (SECRET_NAME.test(key)) found.push(`ConfigMap ${metadata.name}: ${key} belongs into a Secret`);
        else if (SECRET_TEXT.test(value)) found.push(`ConfigMap ${metadata.name}: ${key} holds what looks like a secret`);
  for (const object of objects)
    if (SECRET_TEXT.test(JSON.stringify(object.spec ?? {}))) found.push(`${object.kind} ${object.metadata.name}: looks like a secret`);
  return found;
}

/** The path of a file, or another variable. */
const isReference = (value: string): boolean => value.startsWith('/') || /^\$\([A-Z_]+\)$/.test(value);
