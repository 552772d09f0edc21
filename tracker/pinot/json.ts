/** What of a configuration is not as wanted, field by field. Whatever is not asked for stays as it is: defaults of the controller, and settings of its operator. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Difference {
  /** Such as `dimensionFieldSpecs[load_ms].dataType`. */
  path: string;
  /** undefined: not there. */
  is: Json | undefined;
  wanted: Json;
}

export function differences(wanted: Json, is: Json | undefined, path = ''): Difference[] {
  if (isObject(wanted) && isObject(is)) {
    const keys = Object.keys(wanted);
    return keys.flatMap((key) => differences(wanted[key] ?? null, is[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(wanted) && Array.isArray(is)) {
    if (areNamed(wanted) && areNamed(is)) {
      return wanted.flatMap((item) =>
        differences(
          item,
          is.find((other) => nameOf(other) === nameOf(item)),
          `${path}[${nameOf(item)}]`,
        ),
      );
    }
    if (wanted.length === is.length) return wanted.flatMap((item, index) => differences(item, is[index], `${path}[${index}]`));
    return [{ path, is, wanted }];
  }
  // Numbers come back as texts and the other way round.
  return isScalar(wanted) && isScalar(is) && String(wanted) === String(is) ? [] : [{ path, is, wanted }];
}

/** What is there, with everything that is wanted in it. */
export function merged(is: Json | undefined, wanted: Json): Json {
  if (isObject(wanted) && isObject(is)) {
    const result: JsonObject = { ...is };
    for (const [key, value] of Object.entries(wanted)) result[key] = merged(is[key], value);
    return result;
  }
  if (Array.isArray(wanted) && Array.isArray(is) && areNamed(wanted) && areNamed(is)) {
    const there = is.map((item) => merged(item, wanted.find((other) => nameOf(other) === nameOf(item)) ?? item));
    return [...there, ...wanted.filter((item) => !is.some((other) => nameOf(other) === nameOf(item)))];
  }
  return wanted;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: Json | undefined): boolean => value !== undefined && (value === null || typeof value !== 'object');

/** Columns and transformations have names, and their order says nothing. */
function nameOf(item: Json): string | null {
  if (!isObject(item)) return null;
  const name = item['name'] ?? item['columnName'];
  return typeof name === 'string' ? name : null;
}

const areNamed = (items: readonly Json[]): boolean => items.length > 0 && items.every((item) => nameOf(item) !== null);
