/**
 * Settings checked by a widget's schema in the page, which may not compile (CSP) and must never hang: patterns run on RE2's
 * engine, and what would take too long is refused before it is begun. For schemas that `pageSchema` has let through.
 */
import { format, type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import {
  Budget,
  foresee,
  isSchema,
  linearPattern,
  mapSubschemas,
  type Schema as Part,
  TooMuchToCheck,
  usableSchema,
} from '@datamesh/contracts/settings';

export { TooMuchToCheck };

/** Steps for one key that somebody presses, whoever asks how often meanwhile: about a tenth of a second. */
const most = 2_000_000;
/** Levels of a value: the registry takes no deeper ones either. */
const deepest = 100;

let budget: Budget | null = null;

/** The same for everything that is asked in one turn of the page. */
function budgetNow(): Budget {
  if (!budget) {
    budget = new Budget(most);
    setTimeout(() => {
      budget = null;
    });
  }
  return budget;
}

const usable = new WeakMap<Part, Part>();

/** A widget's schema as far as it may be used: versions that were published under older rules may have one that could hang. */
export function pageSchema(schema: Part): Part {
  const known = usable.get(schema);
  if (known) return known;
  const made = usableSchema(schema);
  usable.set(schema, made);
  return made;
}

/** The same for rjsf, which would match names by the browser's own engine. It has no fields for such properties anyway. */
export function formSchema(schema: Part): Part {
  const { patternProperties, ...rest } = mapSubschemas(schema, formSchema);
  if (patternProperties === undefined) return rest;
  const { additionalProperties: _additional, unevaluatedProperties: _unevaluated, ...open } = rest;
  return open;
}

/** Everything that is wrong with a value. Throws TooMuchToCheck. */
export function mistakesIn(schema: Part, value: unknown): OutputUnit[] {
  const spent = budgetNow();
  const text = JSON.stringify(withoutPatterns(schema, [...keysIn(value)]));
  spent.spend(text.length / 2);
  foresee(schema, value, spent);
  // A copy of its own: the validator writes into the schema.
  return new Validator(JSON.parse(text) as Schema, '2020-12', false).validate(value).errors;
}

/**
 * The validator runs patterns on the browser's own engine. So it gets none: a pattern becomes a format of ours, and
 * `patternProperties` becomes a property for each key that is there and matches, which means the same.
 */
function withoutPatterns(schema: Part, keys: readonly string[]): Part {
  const { pattern, patternProperties, ...rest } = mapSubschemas(schema, (inner) => withoutPatterns(inner, keys));
  const next: Part = rest;
  if (typeof pattern === 'string') next['allOf'] = [...listOf(next['allOf']), { format: formatOf(pattern) }];
  if (isSchema(patternProperties)) {
    const properties: Part = { ...(isSchema(next['properties']) ? next['properties'] : {}) };
    for (const [source, inner] of Object.entries(patternProperties)) {
      const matches = linearPattern(source);
      for (const key of keys)
        if (matches.test(key)) properties[key] = Object.hasOwn(properties, key) ? { allOf: [properties[key], inner] } : inner;
    }
    next['properties'] = properties;
  }
  return next;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The name under which the validator finds a pattern. */
function formatOf(pattern: string): string {
  const name = `pattern ${pattern}`;
  format[name] ??= (text: string) => linearPattern(pattern).test(text);
  return name;
}

/** Every name of a property anywhere in a value. Level by level: it is the first to see the value, and the others recurse. */
function keysIn(value: unknown): Set<string> {
  const keys = new Set<string>();
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw new TooMuchToCheck(`settings may be nested ${deepest} deep`);
    const inner = level.flatMap((one) => {
      if (isSchema(one)) for (const key of Object.keys(one)) keys.add(key);
      return typeof one === 'object' && one !== null ? Object.values(one) : [];
    });
    // Once each: what holds itself twice would be twice as much on every level.
    level = [...new Set(inner)];
  }
  return keys;
}
