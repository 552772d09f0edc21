/** Versions' contents through a cache: content never changes, so what was read once is right for ever. */
import type { WidgetManifest } from '@datamesh/contracts';
import { LRUCache } from 'lru-cache';
import type { WidgetStore } from './store';
import { type VersionContent, versionOf, type WidgetRecord } from './widget';

export interface VersionContents {
  /** The content of a version that the widget names; one that is missing is a broken store and throws. */
  of(widget: Pick<WidgetRecord, 'name' | 'versions'>, version: string): Promise<VersionContent>;
}

export function createVersionContents(store: WidgetStore, most = 500): VersionContents {
  const cache = new LRUCache<string, VersionContent>({ max: most });
  return {
    of: async (widget, version) => {
      const entry = versionOf(widget, version);
      if (!entry) throw new Error(`${widget.name} has no version ${version}`);
      const key = `${widget.name}@${version}:${entry.digest}`;
      const cached = cache.get(key);
      if (cached) return cached;
      const stored = await store.content(widget.name, version, entry.digest);
      if (!stored) throw new Error(`the content of ${key} is missing`);
      const content = { ...stored, manifest: asOfToday(stored.manifest) };
      cache.set(key, content);
      return content;
    },
  };
}

/** Without what widget.json could say once and the contract no longer knows: such a version runs on. */
function asOfToday(stored: WidgetManifest & { trustedTypes?: unknown }): WidgetManifest {
  const { trustedTypes: _, ...manifest } = stored;
  return manifest;
}
