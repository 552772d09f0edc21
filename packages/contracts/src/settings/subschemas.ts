/** Where a JSON Schema has schemas in it. */
export type Schema = Record<string, unknown>;

const ofOne = [
  'not',
  'if',
  'then',
  'else',
  'items',
  'additionalItems',
  'contains',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'propertyNames',
] as const;
const ofList = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'] as const;
const ofMap = ['properties', 'patternProperties', 'dependentSchemas', 'dependencies'] as const;
const ofDefinitions = ['$defs', 'definitions'] as const;

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schemas directly below one that apply together with it. */
export function appliedIn(schema: Schema): Schema[] {
  return [
    ...ofOne.map((keyword) => schema[keyword]),
    ...ofList.flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as unknown[]) : [])),
    ...ofMap.flatMap((keyword) => (isSchema(schema[keyword]) ? Object.values(schema[keyword]) : [])),
  ].filter(isSchema);
}

/** Those that apply only where something refers to them. */
export const definedIn = (schema: Schema): Schema[] =>
  ofDefinitions.flatMap((keyword) => (isSchema(schema[keyword]) ? Object.values(schema[keyword]) : [])).filter(isSchema);

/** The same schema with others in its places; what is data in it (enum, const, default) stays untouched. */
export function mapSubschemas(schema: Schema, change: (inner: Schema) => Schema): Schema {
  const each = (value: unknown): unknown => (isSchema(value) ? change(value) : value);
  const next: Schema = { ...schema };
  for (const keyword of ofOne) if (keyword in next) next[keyword] = each(next[keyword]);
  for (const keyword of ofList) if (Array.isArray(next[keyword])) next[keyword] = next[keyword].map(each);
  for (const keyword of [...ofMap, ...ofDefinitions]) {
    const map = next[keyword];
    if (isSchema(map)) next[keyword] = Object.fromEntries(Object.entries(map).map(([name, value]) => [name, each(value)]));
  }
  return next;
}

/** What a reference within a schema means; undefined: nothing that is there, or not within it. */
export function referred(root: Schema, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let at: unknown = root;
  for (const part of decoded(reference.slice(2)).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Schema)[name];
  }
  return at;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
