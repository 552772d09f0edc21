/** What a document has for its readers only: services and browsers do without. */

const MADE_OF_EXAMPLES = new Set(['example', 'examples']);

/** A copy without examples and without what begins with `x-who` and `x-problem-`. Names that a schema gives to its properties stay. */
export function withoutIllustrations<T>(document: T): T {
  return copied(document, false) as T;
}

function copied(node: unknown, named: boolean): unknown {
  if (Array.isArray(node)) return node.map((item) => copied(item, false));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => named || !(MADE_OF_EXAMPLES.has(key) || key === 'x-who' || key.startsWith('x-problem-')))
      .map(([key, value]) => [key, copied(value, !named && (key === 'properties' || key === 'schemas'))]),
  );
}
