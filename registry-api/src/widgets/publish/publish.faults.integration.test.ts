/** Publishing while the stores below it fail: nothing half-done may be seen, and the next try finds its way. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../storage/blobs/blobs';
import { createFileBlobs } from '../../storage/blobs/file-blobs';
import type { Storage } from '../../storage/storage';
import { publishInto } from '../../testing/publishing';
import { stores } from '../../testing/stores';
import { widgetTarball } from '../../testing/tarball';
import { createPool } from '../../workers/pool';
import { openWidgetStore } from '../module';
import type { WidgetStore } from '../store';
import type { PublishOptions } from './publish';

const asked = { name: 'series-chart', version: '1.0.0' };
const publisher = { team: 'markets-data', asking: { actor: 'token:t', from: null, requestId: 'r' } };
const upload = widgetTarball();
const pool = createPool({ file: 'publishing', threads: 2, heap: 128, onError: () => {} });
afterAll(() => pool.stop());

describe.each(stores())('publishing over a failing store, $name', ({ open }) => {
  let storage: Storage;
  let store: WidgetStore;
  let blobs: BlobStore;
  let folder: string;
  beforeEach(async () => {
    storage = await open();
    store = await openWidgetStore(storage);
    folder = mkdtempSync(join(tmpdir(), 'faults-'));
    blobs = createFileBlobs(folder);
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true });
  });

  const publishWith = (over: Partial<PublishOptions>) => publishInto({ store, blobs, pool }, over);

  it.each([1, 3, 6])('shows nothing when the disk is full at write %i, and publishes when it is not any more', async (which) => {
    let writes = 0;
    const full: BlobStore = {
      ...blobs,
      put: async (key, bytes) => {
        writes += 1;
        if (writes === which) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        await blobs.put(key, bytes);
      },
    };
    await expect(publishWith({ blobs: full }).publish(asked, publisher, upload)).rejects.toThrow('no space left');
    expect(await store.find('series-chart')).toBeNull();
    expect(await store.pending(10)).toEqual([]);
    expect(await publishWith({}).publish(asked, publisher, upload)).toMatchObject({ created: true });
  });

  it('shows nothing when the process dies before the one write', async () => {
    const dying: WidgetStore = {
      ...store,
      commit: async () => {
        throw new Error('the store went away');
      },
    };
    await expect(publishWith({ store: dying }).publish(asked, publisher, upload)).rejects.toThrow('went away');
    expect(await store.find('series-chart')).toBeNull();
    expect(await publishWith({}).publish(asked, publisher, upload)).toMatchObject({ created: true });
  });

  it('answers with what is there when the write happened but its answer was lost', async () => {
    const lossy: WidgetStore = {
      ...store,
      commit: async (record, events) => {
        await store.commit(record, events);
        throw new Error('connection reset');
      },
    };
    await expect(publishWith({ store: lossy }).publish(asked, publisher, upload)).rejects.toThrow('connection reset');
    expect(await publishWith({}).publish(asked, publisher, upload)).toMatchObject({ created: false });
    expect((await store.find('series-chart'))?.versions).toHaveLength(1);
    // The event and the entry of the one write.
    expect((await store.pending(10)).flatMap(({ items }) => items)).toHaveLength(2);
  });

  it('tries again when others write in between, and adds to what they wrote', async () => {
    let meddled = 0;
    const busy: WidgetStore = {
      ...store,
      commit: async (record, events) => {
        if (meddled < 3) {
          meddled += 1;
          const version = `0.${meddled}.0`;
          await publishWith({}).publish({ ...asked, version }, publisher, widgetTarball({ version }));
        }
        return store.commit(record, events);
      },
    };
    expect(await publishWith({ store: busy }).publish(asked, publisher, upload)).toMatchObject({ created: true });
    expect((await store.find('series-chart'))?.versions.map(({ version }) => version)).toEqual(['0.1.0', '0.2.0', '0.3.0', '1.0.0']);
  });

  it('looks again whose the name is before the write: another team may have taken it meanwhile', async () => {
    const other: WidgetStore = {
      ...store,
      putContent: async (content) => {
        const theirs = widgetTarball({ version: '2.0.0', manifest: { publisher: 'risk' } });
        await publishWith({}).publish({ ...asked, version: '2.0.0' }, { ...publisher, team: 'risk' }, theirs);
        await store.putContent(content);
      },
    };
    const late = publishWith({ store: other }).publish(asked, publisher, upload);
    await expect(late).rejects.toMatchObject({ status: 403, code: 'name_owned' });
    expect(await store.find(asked.name)).toMatchObject({ owner: 'risk', versions: [{ version: '2.0.0' }] });
  });

  it('looks again for names of other teams that look like it before the write', async () => {
    const other: WidgetStore = {
      ...store,
      putContent: async (content) => {
        const risk = { ...publisher, team: 'risk' };
        const theirs = widgetTarball({ name: 'series-charts', manifest: { publisher: 'risk' } });
        await publishWith({}).publish({ name: 'series-charts', version: '1.0.0' }, risk, theirs);
        await store.putContent(content);
      },
    };
    const late = publishWith({ store: other }).publish(asked, publisher, upload);
    await expect(late).rejects.toMatchObject({ status: 409, code: 'name_lookalike' });
    expect(await store.find('series-chart')).toBeNull();
    expect(await store.owners()).toEqual([{ name: 'series-charts', owner: 'risk' }]);
  });

  it('ends with a typed error when a widget has as many versions as its document can hold', async () => {
    const publish = publishWith({ maxVersions: 1 });
    await publish.publish(asked, publisher, upload);
    const next = publish.publish({ ...asked, version: '1.0.1' }, publisher, widgetTarball({ version: '1.0.1' }));
    await expect(next).rejects.toMatchObject({ status: 409, code: 'too_many_versions' });
    expect(await publish.publish(asked, publisher, upload)).toMatchObject({ created: false });
  });
});
