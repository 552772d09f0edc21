import type { Context } from '@datamesh/contracts';
import { MalformedContext } from './errors';

/** Contexts are kept in layouts and compared as text: far deeper than any of them has a reason to be. */
const DEEPEST = 50;
/** Objects, lists and values in one context: a portfolio of some ten thousand positions. */
const MAX_VALUES = 100_000;
const LONGEST_TYPE = 200;
const NO_JSON = 'must be JSON: objects, lists, texts, numbers, true, false and null';

/** `{type, clear: true}` takes a dashboard filter away. */
export const isClear = (context: Context): boolean => context['clear'] === true;

/**
 * A frozen copy that no listener can change for the next one. A context is any JSON with a `type`, as FDC3 has it: which of its fields
 * a listener needs is for the listener to see. Throws MalformedContext with the failing path.
 */
export function admitContext(value: unknown): Context {
  let copy: Context;
  try {
    // First of all: what follows must see what the listeners will see, whatever a getter answers next time.
    copy = structuredClone(value) as Context;
  } catch (cause) {
    throw new MalformedContext('', 'must be plain data, without functions or elements', cause);
  }
  if (copy === null || typeof copy !== 'object' || Array.isArray(copy)) throw new MalformedContext('', 'must be an object');
  mustBeJson(copy);
  const { type } = copy;
  if (typeof type !== 'string' || type === '') throw new MalformedContext('type', 'must be text that is not empty');
  if (type.length > LONGEST_TYPE) throw new MalformedContext('type', `must have at most ${LONGEST_TYPE} characters`);
  return freeze(copy);
}

/** Whether two that were admitted say the same. */
export const sameContext = (one: Context, another: Context): boolean => one === another || JSON.stringify(one) === JSON.stringify(another);

/** The value at `id.ticker`; undefined where the path ends early or leaves plain data. */
export function takePath(from: unknown, path: string): unknown {
  let value = from;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || key === '__proto__' || key === 'constructor') return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Puts a value at `id.ticker`, making the objects on the way. */
export function putPath(into: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop();
  if (last === undefined || [...keys, last].includes('__proto__')) return;
  let at = into;
  for (const key of keys) {
    const next = at[key];
    if (next === null || typeof next !== 'object') at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[last] = value;
}

/** Level by level, so that it never recurses itself; what is there twice counts twice, as it would in its text. */
function mustBeJson(context: Context): void {
  let level: unknown[] = [context];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    // Also what holds itself.
    if (depth > DEEPEST) throw new MalformedContext('', `may be nested ${DEEPEST} deep`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'bigint') throw new MalformedContext('', NO_JSON);
      if (value === null || typeof value !== 'object') continue;
      if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) throw new MalformedContext('', NO_JSON);
      const inner = Object.values(value);
      values += inner.length;
      if (values > MAX_VALUES) throw new MalformedContext('', `may hold ${MAX_VALUES} values`);
      for (const one of inner) next.push(one);
    }
    level = next;
  }
}

/** Of something that is known not to be deep. */
export function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}
