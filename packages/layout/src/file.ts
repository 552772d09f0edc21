import type { LayoutContent, LayoutFile } from '@datamesh/contracts';
import { normalise } from './normalise';

/**
 * A layout as a file: what looks the same is the same text, with sorted keys and one value a line, so that a repository shows
 * what somebody changed and nothing else. Whom it belongs to and with whom it is shared stays behind.
 */
export function layoutFile(content: LayoutContent): string {
  const { title, tree, panels, defaultChannel, filters } = normalise(content);
  const file: LayoutFile = { kind: 'datamesh.layout', version: 1, layout: { title, tree, panels, defaultChannel, filters } };
  return `${JSON.stringify(sorted(file), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
