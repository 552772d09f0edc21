/** How much work it is to check settings, counted before any is done: so that it ends, on any machine, at the same place. */
import { linearPattern } from './patterns';
import { isSchema, referred, type Schema } from './subschemas';

/** The settings and their schema together would take too long. */
export class TooMuchToCheck extends Error {
  override readonly name = 'TooMuchToCheck';
}

/** One for each request, or each key that somebody presses. A step is about 50 ns. */
export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchToCheck('checking these settings would take too long');
  }
}

/** Steps of one schema at one value. */
const visit = 30;

/** Spends what checking `value` by a usable schema can take at most. Throws TooMuchToCheck. */
export function foresee(schema: Schema, value: unknown, budget: Budget): void {
  look(schema, value);

  function look(at: unknown, what: unknown): void {
    if (!isSchema(at)) return;
    budget.spend(visit);
    if (typeof at['$ref'] === 'string') look(referred(schema, at['$ref']), what);
    for (const word of ['allOf', 'anyOf', 'oneOf']) for (const inner of listAt(at, word)) look(inner, what);
    for (const word of ['not', 'if', 'then', 'else']) look(at[word], what);
    for (const word of ['dependentSchemas', 'dependencies']) for (const inner of Object.values(mapAt(at, word))) look(inner, what);
    if (Array.isArray(at['enum'])) budget.spend((at['enum'].length * weight(what)) / 5);
    if (typeof what === 'string') lookAtText(at, what);
    else if (Array.isArray(what)) lookAtList(at, what);
    else if (isSchema(what)) lookAtObject(at, what);
  }

  function lookAtText(at: Schema, text: string): void {
    budget.spend(text.length / 10);
    if (typeof at['pattern'] === 'string') budget.spend(stepsOf(at['pattern'], text));
    // Formats are the validator's own expressions, on the engine that goes back.
    if (typeof at['format'] === 'string') budget.spend(text.length ** 2 / 5);
  }

  function lookAtList(at: Schema, list: unknown[]): void {
    if (at['uniqueItems'] === true) budget.spend((list.length * weight(list)) / 5);
    listAt(at, 'prefixItems').forEach((inner, index) => {
      if (index < list.length) look(inner, list[index]);
    });
    for (const word of ['items', 'additionalItems', 'contains', 'unevaluatedItems'])
      if (isSchema(at[word])) for (const item of list) look(at[word], item);
  }

  function lookAtObject(at: Schema, object: Schema): void {
    const keys = Object.keys(object);
    budget.spend(keys.length);
    const properties = mapAt(at, 'properties');
    for (const key of keys) {
      if (Object.hasOwn(properties, key)) look(properties[key], object[key]);
      if (isSchema(at['propertyNames'])) look(at['propertyNames'], key);
      for (const word of ['additionalProperties', 'unevaluatedProperties']) look(at[word], object[key]);
      for (const [pattern, inner] of Object.entries(mapAt(at, 'patternProperties'))) {
        budget.spend(stepsOf(pattern, key));
        look(inner, object[key]);
      }
    }
  }
}

const stepsOf = (pattern: string, text: string): number => (linearPattern(pattern).size + 50) * (text.length + 1);
const listAt = (schema: Schema, word: string): unknown[] => (Array.isArray(schema[word]) ? schema[word] : []);
const mapAt = (schema: Schema, word: string): Schema => (isSchema(schema[word]) ? schema[word] : {});

/** Values in a value, itself included; a long text counts as several. */
function weight(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / 20;
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + weight(inner), 1);
}
