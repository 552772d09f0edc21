import type { LayoutContent, LayoutFile } from '@datamesh/contracts';
import { normalise } from '@datamesh/layout';

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

/** Into the browser's downloads; the browser makes of the title what its system takes as a name. */
export function downloadLayout(content: LayoutContent): void {
  const address = URL.createObjectURL(new Blob([layoutFile(content)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${content.title}.layout.json`;
  link.click();
  // The browser has taken it by then, however busy it is.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
