/** Dotted paths into a context, `id.ticker`: how settings say where an identifier stands. */

/** The value at the path, or undefined where a step is missing. Own properties only. */
export function takePath(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const step of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

/** A copy of the object with the value at the path; objects on the way are made where they are missing. */
export function withPath(object: Readonly<Record<string, unknown>>, path: string, value: unknown): Record<string, unknown> {
  const [step = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...object, [step]: value };
  const inner = Object.hasOwn(object, step) ? object[step] : undefined;
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  return { ...object, [step]: withPath(next, rest.join('.'), value) };
}
