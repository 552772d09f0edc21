/** Validates objects by the schemas of the versions that the manifests are written for: schemas/SOURCES.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import { type KubernetesObject, nameOf } from './objects';

interface Schemas {
  kinds: Record<string, object>;
  definitions: Record<string, object>;
}

/** Go says at the front of a pattern that the case of letters does not matter. */
const regExp = Object.assign(
  (pattern: string, flags: string) =>
    pattern.includes('(?i)') ? new RegExp(pattern.replace('(?i)', ''), `${flags}i`) : new RegExp(pattern, flags),
  { code: 'new RegExp' },
);

const folder = join(import.meta.dirname, 'schemas');
const known = new Map<string, () => ValidateFunction>();
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json.gz'))) {
  const { kinds, definitions } = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()) as Schemas;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, code: { regExp } });
  const compiled = new Map<string, ValidateFunction>();
  for (const [kind, schema] of Object.entries(kinds))
    known.set(kind, () => {
      const validate = compiled.get(kind) ?? ajv.compile({ ...schema, definitions });
      compiled.set(kind, validate);
      return validate;
    });
}

/** One line for each mistake; a kind that no schema describes is one. */
export function mistakesOf(object: KubernetesObject): string[] {
  const validate = known.get(`${object.apiVersion}/${object.kind}`)?.();
  if (!validate) return [`${nameOf(object)}: no schema of ${object.apiVersion} ${object.kind}`];
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const extra = (params as { additionalProperty?: string }).additionalProperty;
    return `${nameOf(object)}: ${instancePath || '/'} ${message}${extra === undefined ? '' : ` (${extra})`}`;
  });
}
