/**
 * Makes the schemas beside it from the projects' own files, for what our manifests use, trimmed to what says yes or no (no descriptions):
 * `node tools/manifests/schemas/collect.mjs NAME FILE…`, NAME as in SOURCES.md, which says where the files come from.
 * A member that a schema does not name is an error, as it is to an API server that is asked for strict validation.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';

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

const [name, ...files] = process.argv.slice(2);
const kinds = {};
const definitions = {};
for (const file of files) (file.endsWith('.json') ? readOpenApi : readCrds)(readFileSync(file, 'utf8'));
const text = JSON.stringify({ kinds, definitions: reachable() });
// Without the time of writing, so that the same comes of the same.
writeFileSync(join(import.meta.dirname, `${name}.json.gz`), gzipSync(text, { level: 9 }));
console.log(`${name}: ${Object.keys(kinds).length} kinds of ${files.map((file) => basename(file)).join(', ')}`);

function readOpenApi(source) {
  for (const [key, schema] of Object.entries(JSON.parse(source).components.schemas)) {
    definitions[key] = trimmed(schema);
    for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
      const id = [group, version, kind].filter(Boolean).join('/');
      if (WANTED.has(id)) kinds[id] = { $ref: `#/definitions/${key}` };
    }
  }
}

function readCrds(source) {
  for (const document of parseAllDocuments(source)) {
    const crd = document.toJS();
    if (crd?.kind !== 'CustomResourceDefinition') continue;
    for (const version of crd.spec.versions) {
      const id = `${crd.spec.group}/${version.name}/${crd.spec.names.kind}`;
      if (WANTED.has(id) && version.served) kinds[id] = trimmed(version.schema.openAPIV3Schema);
    }
  }
}

function trimmed(schema) {
  if (schema['x-kubernetes-int-or-string']) return { type: ['integer', 'string'] };
  const result = {};
  for (const word of ['enum', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'required', 'pattern', 'uniqueItems'])
    if (schema[word] !== undefined) result[word] = schema[word];
  if (schema.type) result.type = schema.nullable ? [schema.type, 'null'] : schema.type;
  if (schema.$ref) result.$ref = schema.$ref.replace('#/components/schemas/', '#/definitions/');
  for (const word of ['allOf', 'anyOf', 'oneOf']) if (schema[word]) result[word] = schema[word].map(trimmedPart);
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

const EMBEDDED = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };

/** Parts of a choice name some members and leave the others to the whole. */
function trimmedPart(schema) {
  const result = trimmed(schema);
  if (result.additionalProperties === false) delete result.additionalProperties;
  return result;
}

function reachable() {
  const used = {};
  const follow = (value) => {
    if (value === null || typeof value !== 'object') return;
    const key = value.$ref?.replace('#/definitions/', '');
    if (key && !used[key]) {
      used[key] = definitions[key];
      follow(used[key]);
    }
    Object.values(value).forEach(follow);
  };
  follow(kinds);
  return used;
}
