/** Layers of a template, the later over the earlier; in JSON key by key. */

export type Json = Record<string, unknown>;

export function merged(layers: readonly ReadonlyMap<string, string>[], last: Record<string, readonly Json[]>): Map<string, string> {
  const files = new Map(layers.flatMap((layer) => [...layer]));
  for (const path of files.keys()) {
    const texts = layers.flatMap((layer) => layer.get(path) ?? []);
    if (!path.endsWith('.json') || (texts.length < 2 && !last[path])) continue;
    const objects = [...texts.map((text) => JSON.parse(text) as Json), ...(last[path] ?? [])];
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
