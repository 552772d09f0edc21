/**
 * What a settings schema may be, beyond being JSON Schema 2020-12, so that checking settings by it takes a time that can be
 * foreseen: patterns that RE2 can run, references only into itself and never in a circle, and not too much of anything.
 */
import { linearPattern, PatternRefused } from './patterns';
import { appliedIn, definedIn, isSchema, referred, type Schema } from './subschemas';

/** Schemas in it, each as often as something refers to it, with the entries of its lists. */
const largest = 2000;
/** Levels, through references. */
const deepest = 100;

interface Extent {
  size: number;
  depth: number;
}

class Mistake extends Error {}

/** What is wrong with it, in words that follow "settings: "; null when nothing is. */
export function schemaMistake(schema: unknown): string | null {
  try {
    if (!isSchema(schema)) return 'it must be an object';
    const extents = new Map<Schema, Extent | 'open'>();
    const all = [schema];
    for (const one of all) {
      extentOf(one, schema, extents);
      all.push(...appliedIn(one), ...definedIn(one));
    }
    return null;
  } catch (error) {
    if (error instanceof Mistake) return error.message;
    throw error;
  }
}

function extentOf(schema: Schema, root: Schema, extents: Map<Schema, Extent | 'open'>): Extent {
  const known = extents.get(schema);
  if (known === 'open') throw new Mistake('a schema may not refer to itself, nor through others');
  if (known) return known;
  extents.set(schema, 'open');
  checkWords(schema, root);
  const target = typeof schema['$ref'] === 'string' ? [targetOf(schema['$ref'], root)].filter(isSchema) : [];
  const inner = [...appliedIn(schema), ...target].map((one) => extentOf(one, root, extents));
  const extent = {
    size: inner.reduce((sum, { size }) => sum + size, 1 + listsIn(schema)),
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
  };
  if (extent.size > largest) throw new Mistake(`with what its references bring it has more than ${largest} parts`);
  if (extent.depth > deepest) throw new Mistake(`with its references it is more than ${deepest} deep`);
  extents.set(schema, extent);
  return extent;
}

function targetOf(reference: string, root: Schema): unknown {
  const target = referred(root, reference);
  if (typeof target !== 'boolean' && !isSchema(target))
    throw new Mistake(`it refers to ${JSON.stringify(reference.slice(0, 60))}; it may refer to a part of its own, as #/$defs/name`);
  return target;
}

function checkWords(schema: Schema, root: Schema): void {
  for (const word of ['$dynamicRef', '$recursiveRef']) if (word in schema) throw new Mistake(`${word} is not supported; use $ref`);
  if (schema !== root && '$id' in schema) throw new Mistake('only the outermost schema may have an $id');
  const patterns = isSchema(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  if (typeof schema['pattern'] === 'string') patterns.push(schema['pattern']);
  for (const pattern of patterns) {
    try {
      linearPattern(pattern);
    } catch (error) {
      if (!(error instanceof PatternRefused)) throw error;
      throw new Mistake(`the pattern ${JSON.stringify(pattern.slice(0, 60))} ${error.message}`);
    }
  }
}

const listsIn = (schema: Schema): number =>
  ['enum', 'required'].reduce((sum, word) => sum + (Array.isArray(schema[word]) ? (schema[word] as unknown[]).length : 0), 0);

/**
 * The schema itself; of one that would be refused today, was published before and is still in use: its settings by name, with
 * their words and defaults, and nothing that is checked.
 */
export function usableSchema(schema: Schema): Schema {
  if (schemaMistake(schema) === null) return schema;
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, isSchema(property) ? shown(property) : {}])),
  };
}

function shown(property: Schema): Schema {
  const { title, description, type, default: byDefault } = property;
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof type === 'string' && ['string', 'number', 'integer', 'boolean'].includes(type) ? { type } : {}),
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}
