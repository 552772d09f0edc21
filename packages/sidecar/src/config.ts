/** The only place that reads the environment. */
import { ConfigError, type Environment, Settings } from '@datamesh/service';
import type { Setting } from './settings';

export interface Config {
  /** Where registry-api answers, without /api/v1. */
  registryUrl: string;
  channel: string;
  /** Where the widget's files are: at the widget's own container, or in a mounted folder. */
  widget: { kind: 'url'; url: string } | { kind: 'folder'; path: string };
  /** Projected ServiceAccount token for the registry; read at each use, as it rotates. */
  tokenFile: string;
  pod: { uid: string; name: string; namespace: string };
  kubernetes: KubernetesConfig;
  /** A name for the cluster where a registry serves several; null for one. */
  cluster: string | null;
  /** Where probes over HTTP find it; the kubelet asks at the pod's address. */
  healthHost: string;
  healthPort: number;
}

export interface KubernetesConfig {
  url: string;
  /** PEM file; null: the system's authorities. */
  ca: string | null;
  tokenFile: string;
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Throws ConfigError with one sentence about what is missing or wrong. */
export function readConfig(env: Environment, settings = new Settings<Setting>(env)): Config {
  const url = settings.optional('WIDGET_URL');
  const path = settings.optional('WIDGET_FOLDER');
  if (url !== null && path !== null) throw new ConfigError('WIDGET_FOLDER', 'and WIDGET_URL exclude each other: set one');
  return {
    registryUrl: registryUrl(settings),
    channel: settings.matching('DATAMESH_CHANNEL', 'stable', /^[a-z][a-z0-9-]{0,49}$/, 'a channel such as stable'),
    widget: path === null ? { kind: 'url', url: url ?? 'http://127.0.0.1:8080' } : { kind: 'folder', path },
    tokenFile: settings.text('TOKEN_FILE', '/var/run/secrets/datamesh/token'),
    pod: {
      uid: required(settings, 'POD_UID', 'metadata.uid by the downward API'),
      name: required(settings, 'POD_NAME', 'metadata.name by the downward API'),
      namespace: required(settings, 'POD_NAMESPACE', 'metadata.namespace by the downward API'),
    },
    kubernetes: {
      url: settings.text('KUBERNETES_API', inClusterUrl(env)),
      ca: settings.text('KUBERNETES_CA_FILE', `${ACCOUNT}/ca.crt`),
      tokenFile: settings.text('KUBERNETES_TOKEN_FILE', `${ACCOUNT}/token`),
    },
    cluster: settings.optional('DATAMESH_CLUSTER'),
    healthHost: settings.text('HEALTH_HOST', '::'),
    healthPort: healthPortOf(env, settings),
  };
}

/** Also for the probes, which need nothing else. */
export const healthPortOf = (env: Environment, settings = new Settings<Setting>(env)): number => settings.port('HEALTH_PORT', 4319);

function required(settings: Settings<Setting>, name: Setting, expected: string): string {
  const value = settings.optional(name);
  if (value === null) throw new ConfigError(name, `must be ${expected}; it is not set`);
  return value;
}

function inClusterUrl(env: Environment): string {
  const host = env['KUBERNETES_SERVICE_HOST'];
  if (!host) return 'https://kubernetes.default.svc';
  return `https://${host.includes(':') ? `[${host}]` : host}:${env['KUBERNETES_SERVICE_PORT'] ?? '443'}`;
}

function registryUrl(settings: Settings<Setting>): string {
  required(settings, 'REGISTRY_URL', 'the address of registry-api, such as http://registry-api.datamesh:4100');
  return settings.url('REGISTRY_URL', '').href.replace(/\/$/, '');
}
