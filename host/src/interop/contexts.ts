import type { Context } from '@datamesh/contracts';
import { MalformedContext } from './errors';

/** `{type, clear: true}` takes a dashboard filter away. */
export const isClear = (context: Context): boolean => context['clear'] === true;

/**
 * A frozen copy that no listener can change for the next one. A context is any plain data with a `type`, as FDC3 has it: which of its fields
 * a listener needs is for the listener to see. Throws MalformedContext with the failing path.
 */
export function admitContext(value: unknown): Context {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new MalformedContext('', 'must be an object');
  const { type } = value as { type?: unknown };
  if (typeof type !== 'string' || type === '') throw new MalformedContext('type', 'must be text that is not empty');
  let copy: Context;
  try {
    copy = structuredClone(value) as Context;
  } catch (cause) {
    throw new MalformedContext('', 'must be plain data, without functions or elements', cause);
  }
  return freeze(copy);
}

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

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}
