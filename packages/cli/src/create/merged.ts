/** Files of a template over those that all templates share; in JSON key by key, the later one's value before the earlier one's. */

type Json = Record<string, unknown>;

export function merged(
  shared: ReadonlyMap<string, string>,
  template: ReadonlyMap<string, string>,
  last: Record<string, Json>,
): Map<string, string> {
  const files = new Map([...shared, ...template]);
  for (const path of files.keys()) {
    const layers = [shared, template].flatMap((part) => part.get(path) ?? []);
    if (!path.endsWith('.json') || (layers.length < 2 && !last[path])) continue;
    const objects = [...layers.map((text) => JSON.parse(text) as Json), last[path] ?? {}];
    files.set(path, `${JSON.stringify(objects.reduce(over, {}), null, 2)}\n`);
  }
  return files;
}

/** A key that is null in the later one is taken away. */
function over(earlier: Json, later: Json): Json {
  const result = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    const before = result[key];
    if (value === null) delete result[key];
    else result[key] = isObject(before) && isObject(value) ? over(before, value) : value;
  }
  return result;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
