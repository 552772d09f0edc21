import type { WidgetManifest } from '@datamesh/contracts';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { expect, it } from 'vitest';
import { stores } from '../testing/stores';
import { openWidgetStore } from './module';
import { createVersionContents } from './version-content';

it.each(stores())('is by today’s contract also where widget.json said what it no longer may, $name', async ({ open }) => {
  const storage = await open();
  const store = await openWidgetStore(storage);
  const manifest: WidgetManifest = { name: 'old-one', title: 'Old', description: 'x', publisher: 'platform', expose: './widget' };
  const stored = { name: 'old-one', version: '1.0.0', digest: 'd', manifest: { ...manifest, trustedTypes: ['vue'] }, files: [] };
  await store.putContent(stored);
  const entry = { version: '1.0.0', digest: 'd', publishedAt: '', publishedBy: '', bytes: 0, deprecated: null, yanked: null };
  const contents = createVersionContents(store);
  for (const _ of ['read', 'cached']) {
    const read = await contents.of({ name: 'old-one', versions: [entry] }, '1.0.0');
    expect(read).toEqual({ ...stored, manifest });
    expect(checkWidgetManifest(read.manifest)).toEqual([]);
  }
  await storage.close();
});
