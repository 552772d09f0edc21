/**
 * Makes the schemas beside it from the projects' own files, for what our manifests use, trimmed to what says yes or no (no descriptions):
 * `node tools/manifests/schemas/collect.ts NAME FILE…`, NAME as in SOURCES.md, which says where the files come from.
 * A member that a schema does not name is an error, as it is to an API server that is asked for strict validation.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';

/** A JSON schema, as the projects write it, and what is kept of it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  nullable?: boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  not?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  required?: string[];
  pattern?: string;
  uniqueItems?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

interface OpenApi {
  components: { schemas: Record<string, Schema> };
}

interface Crd {
  kind: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; served: boolean; schema: { openAPIV3Schema: Schema } }[];
  };
}

const WANTED = new Set(
  `v1/ConfigMap v1/LimitRange v1/Namespace v1/PersistentVolumeClaim v1/ResourceQuota v1/Secret v1/Service v1/ServiceAccount
  apps/v1/Deployment apps/v1/StatefulSet autoscaling/v2/HorizontalPodAutoscaler batch/v1/CronJob batch/v1/Job networking.k8s.io/v1/NetworkPolicy
  policy/v1/PodDisruptionBudget rbac.authorization.k8s.io/v1/ClusterRole rbac.authorization.k8s.io/v1/ClusterRoleBinding
  rbac.authorization.k8s.io/v1/Role rbac.authorization.k8s.io/v1/RoleBinding
  gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/HTTPRoute
  kafka.strimzi.io/v1/Kafka kafka.strimzi.io/v1/KafkaNodePool kafka.strimzi.io/v1/KafkaTopic kafka.strimzi.io/v1/KafkaUser
  mongodbcommunity.mongodb.com/v1/MongoDBCommunity monitoring.coreos.com/v1/PodMonitor monitoring.coreos.com/v1/PrometheusRule
  argoproj.io/v1alpha1/AppProject argoproj.io/v1alpha1/Application argoproj.io/v1alpha1/ApplicationSet`.split(/\s+/),
);

/** Words that say yes or no by themselves. */
const KEPT = [
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'required',
  'pattern',
  'uniqueItems',
] as const;
const EMBEDDED: Record<string, Schema> = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };

const [name = '', ...files] = process.argv.slice(2);
const kinds: Record<string, Schema> = {};
const definitions: Record<string, Schema> = {};
for (const file of files) (file.endsWith('.json') ? readOpenApi : readCrds)(readFileSync(file, 'utf8'));
const text = JSON.stringify({ kinds, definitions: reachable() });
// Without the time of writing, so that the same comes of the same.
writeFileSync(join(import.meta.dirname, `${name}.json.gz`), gzipSync(text, { level: 9 }));
console.log(`${name}: ${Object.keys(kinds).length} kinds of ${files.map((file) => basename(file)).join(', ')}`);

function readOpenApi(source: string): void {
  const { components }: OpenApi = JSON.parse(source);
  for (const [key, schema] of Object.entries(components.schemas)) {
    definitions[key] = trimmed(schema);
    for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
      const id = [group, version, kind].filter(Boolean).join('/');
      if (WANTED.has(id)) kinds[id] = { $ref: `#/definitions/${key}` };
    }
  }
}

function readCrds(source: string): void {
  for (const document of parseAllDocuments(source)) {
    const crd: Crd | null = document.toJS();
    if (crd?.kind !== 'CustomResourceDefinition') continue;
    for (const version of crd.spec.versions) {
      const id = `${crd.spec.group}/${version.name}/${crd.spec.names.kind}`;
      if (WANTED.has(id) && version.served) kinds[id] = trimmed(version.schema.openAPIV3Schema);
    }
  }
}

function trimmed(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'] };
  const result: Schema = Object.fromEntries(KEPT.filter((word) => schema[word] !== undefined).map((word) => [word, schema[word]]));
  if (schema.type) result.type = schema.nullable ? [schema.type, 'null'].flat() : schema.type;
  if (schema.$ref) result.$ref = schema.$ref.replace('#/components/schemas/', '#/definitions/');
  for (const word of ['allOf', 'anyOf', 'oneOf'] as const) if (schema[word]) result[word] = schema[word].map(trimmedPart);
  if (schema.not) result.not = trimmedPart(schema.not);
  if (schema.items) result.items = trimmed(schema.items);
  if (schema.properties) {
    result.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, trimmed(value)]));
    if (schema['x-kubernetes-embedded-resource']) result.properties = { ...EMBEDDED, ...result.properties };
    if (!schema['x-kubernetes-preserve-unknown-fields'] && !schema.additionalProperties) result.additionalProperties = false;
  }
  if (typeof schema.additionalProperties === 'object') result.additionalProperties = trimmed(schema.additionalProperties);
  return result;
}

/** Parts of a choice name some members and leave the others to the whole. */
function trimmedPart(schema: Schema): Schema {
  const result = trimmed(schema);
  if (result.additionalProperties === false) delete result.additionalProperties;
  return result;
}

function reachable(): Record<string, Schema> {
  const used: Record<string, Schema> = {};
  const follow = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    const key = '$ref' in value && typeof value.$ref === 'string' ? value.$ref.replace('#/definitions/', '') : '';
    const definition = definitions[key];
    if (definition && !used[key]) {
      used[key] = definition;
      follow(definition);
    }
    Object.values(value).forEach(follow);
  };
  follow(kinds);
  return used;
}
