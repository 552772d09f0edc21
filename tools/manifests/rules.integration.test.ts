import { beforeAll, describe, expect, it } from 'vitest';
import { closed } from './network';
import type { Container, KubernetesObject, PodSpec } from './objects';
import { claimsWrittenOut, imagesByDigest, limited, probed, restricted, spread } from './pods';
import { foldersOf, kustomizationsIn, objectsOf, renderAll, repository } from './rendered';
import { mistakesOf } from './schemas';
import { secretsInClear, wrongSettings } from './settings';
import { dangling, unrouted } from './wiring';

/** A sound environment, of which each test spoils one thing. */
let sound: KubernetesObject[];
beforeAll(async () => {
  const folders = foldersOf(kustomizationsIn(repository, ['k8s']), 'production').filter(
    (folder) => !folder.startsWith('k8s/remotes/') || /\/(notes|usage)\//.test(folder),
  );
  const rendered = await renderAll(repository, folders);
  sound = folders.flatMap((folder) => objectsOf(rendered, folder));
});

describe('a rule notices', () => {
  type Break = (find: (kind: string, name: string) => KubernetesObject) => void;
  const pod = (object: KubernetesObject) => object.spec?.template?.spec as PodSpec;
  const first = (object: KubernetesObject) => pod(object).containers[0] as Container;
  const sidecar = (object: KubernetesObject) => pod(object).initContainers?.[0] as Container;

  it.each<[string, (objects: readonly KubernetesObject[]) => string[], Break, RegExp]>([
    ['root', restricted, (find) => delete pod(find('Deployment', 'host')).securityContext?.['runAsNonRoot'], /host: runAsNonRoot/],
    [
      'a sidecar that can write',
      restricted,
      (find) => delete sidecar(find('Deployment', 'notes')).securityContext,
      /notes, datamesh-sidecar: .*root file/,
    ],
    [
      'a folder of the node',
      restricted,
      (find) => pod(find('Deployment', 'host')).volumes?.push({ name: 'x', hostPath: { path: '/' } }),
      /kind that is not/,
    ],
    ['the node’s network', restricted, (find) => Object.assign(pod(find('Deployment', 'host')), { hostNetwork: true }), /hostNetwork/],
    [
      'a tag',
      imagesByDigest,
      (find) => Object.assign(first(find('Deployment', 'usage')), { image: 'registry.example.com/a:1.0.0' }),
      /usage, widget: image/,
    ],
    [
      'a tag beside a digest',
      imagesByDigest,
      (find) => Object.assign(first(find('Deployment', 'usage')), { image: `r.example.com/a:1@sha256:${'0'.repeat(64)}` }),
      /image/,
    ],
    ['no image', imagesByDigest, (find) => delete first(find('Deployment', 'usage')).image, /image/],
    [
      'no limit',
      limited,
      (find) => delete first(find('StatefulSet', 'tracker')).resources?.limits?.['memory'],
      /tracker, tracker: no limits of memory/,
    ],
    ['no probe', probed, (find) => delete sidecar(find('Deployment', 'notes')).readinessProbe, /datamesh-sidecar: no readinessProbe/],
    ['a probe of another port', probed, (find) => Object.assign(first(find('Deployment', 'host')), { ports: [] }), /asks at port http/],
    ['pods that are not spread', spread, (find) => delete pod(find('Deployment', 'host')).topologySpreadConstraints, /host: its pods/],
    [
      'a claim that the API server would fill in',
      claimsWrittenOut,
      (find) => Object.assign(find('StatefulSet', 'tracker').spec ?? {}, { volumeClaimTemplates: [{ metadata: { name: 'data' } }] }),
      /tracker: the claim data says no/,
    ],
    ['an open namespace', closed, (find) => Object.assign(find('NetworkPolicy', 'default-deny'), { kind: 'ConfigMap' }), /does not deny/],
    [
      'a pod without a policy',
      closed,
      (find) => Object.assign(find('NetworkPolicy', 'host'), { kind: 'ConfigMap' }),
      /host: no network policy/,
    ],
    ['a Secret', secretsInClear, (find) => Object.assign(find('ConfigMap', 'host-sources'), { kind: 'Secret' }), /Secret host-sources/],
    [
      'a password in the environment',
      secretsInClear,
      (find) => first(find('StatefulSet', 'tracker')).env?.push({ name: 'PINOT_TOKEN', value: 'x' }),
      /PINOT_TOKEN/,
    ],
    [
      'an address with a password',
      secretsInClear,
      (find) => Object.assign(find('ConfigMap', 'host').data ?? {}, { X: 'mongodb://a:b@c/d' }),
      /looks like a secret/,
    ],
    [
      'a setting that nobody reads',
      wrongSettings,
      (find) => Object.assign(find('ConfigMap', 'host').data ?? {}, { REGISTRY: 'x' }),
      /nobody reads REGISTRY/,
    ],
    [
      'a setting that cannot be used',
      wrongSettings,
      (find) => Object.assign(find('ConfigMap', 'registry-api').data ?? {}, { PORT: 'x' }),
      /PORT must be/,
    ],
    [
      'a setting of the sidecar',
      wrongSettings,
      (find) => sidecar(find('Deployment', 'notes')).env?.push({ name: 'CHANNEL', value: 'x' }),
      /nobody reads CHANNEL/,
    ],
    [
      'a ConfigMap that is not there',
      dangling,
      (find) => Object.assign(find('ConfigMap', 'host-sources').metadata, { name: 'x' }),
      /no ConfigMap/,
    ],
    [
      'an account that is not there',
      dangling,
      (find) => Object.assign(find('ServiceAccount', 'notes').metadata, { name: 'x' }),
      /no (account|ServiceAccount) notes/,
    ],
    [
      'a selector of others',
      dangling,
      (find) => Object.assign(find('Deployment', 'host').spec ?? {}, { selector: { matchLabels: { a: 'b' } } }),
      /own pods/,
    ],
    [
      'replicas beside an autoscaler',
      dangling,
      (find) => Object.assign(find('Deployment', 'host').spec ?? {}, { replicas: 2 }),
      /replicas itself/,
    ],
    [
      'a Service without a route',
      unrouted,
      (find) => Object.assign(find('HTTPRoute', 'host'), { kind: 'ConfigMap' }),
      /host: has no route/,
    ],
    [
      'a route to what is internal',
      unrouted,
      (find) => Object.assign(find('Service', 'host').metadata, { annotations: { 'datamesh/exposure': 'internal' } }),
      /leads to it/,
    ],
    [
      'a route that no Gateway takes',
      unrouted,
      (find) => Object.assign(find('HTTPRoute', 'host').spec ?? {}, { hostnames: ['x.example.com'] }),
      /no listener/,
    ],
    [
      'a member that its kind does not have',
      (all) => all.flatMap(mistakesOf),
      (find) => Object.assign(first(find('Deployment', 'host')), { envs: [] }),
      /envs/,
    ],
    [
      'a value of another type',
      (all) => all.flatMap(mistakesOf),
      (find) => Object.assign(find('Kafka', 'datamesh').spec ?? {}, { kafka: { version: 4 } }),
      /Kafka .*version/,
    ],
    [
      'a kind that no schema knows',
      (all) => all.flatMap(mistakesOf),
      (find) => Object.assign(find('Service', 'host'), { apiVersion: 'v2' }),
      /no schema/,
    ],
  ])('%s', (_what, rule, spoil, expected) => {
    const all = structuredClone(sound);
    spoil((kind, name) => {
      const found = all.find((one) => one.kind === kind && one.metadata.name.replace(/-[a-z0-9]{10}$/, '') === name);
      if (!found) throw new Error(`no ${kind} ${name}`);
      return found;
    });
    expect(rule(all).join('\n')).toMatch(expected);
  });
});
