import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry, AuditVerification } from '@datamesh/contracts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isEntry } from '../events/pending';
import { createFileBlobs } from '../storage/blobs/file-blobs';
import type { Storage } from '../storage/storage';
import { person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader } from '../testing/event-reader';
import { publishInto } from '../testing/publishing';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';
import { openWidgetStore } from '../widgets/module';
import { createPool } from '../workers/pool';

const dana = person('dana', ['admin']);
const robin = publisherOf('markets-data');
const pool = createPool({ file: 'publishing', threads: 1, heap: 128, onError: () => {} });
afterAll(() => pool.stop());

describe.each(stores())('the audit log over HTTP, on $name', ({ open }) => {
  let api: TestApi;
  let storage: Storage;
  let folder: string;
  beforeEach(async () => {
    storage = await open();
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
    api = await startTestApi(async () => storage);
  });
  afterEach(async () => {
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const entries = async () => {
    const { items } = (await (await api.call('/api/v1/audit?limit=200', { as: dana })).json()) as { items: AuditEntry[] };
    return items.map(({ action, subject, actor, details }) => ({ action, subject, actor, details }));
  };
  const verification = async (method: 'GET' | 'POST') =>
    (await (await api.call('/api/v1/audit/verification', { as: dana, method })).json()) as AuditVerification;

  it('has every change as soon as it is answered', async () => {
    for (const version of ['1.0.0', '1.0.1', '1.0.2']) {
      await api.publish('notes', version, widgetTarball({ name: 'notes', version }));
      expect((await entries())[0]).toMatchObject({ action: 'widget.publish', subject: `notes@${version}`, actor: 'token:t-markets-data' });
    }
  });

  it('gets the entry of a version that once went live without one when it is published again, once', async () => {
    const store = await openWidgetStore(storage);
    const formerly = publishInto(
      { store, blobs: createFileBlobs(folder), pool },
      {
        store: {
          ...store,
          commit: (record, about) =>
            store.commit(
              record,
              about.filter((item) => !isEntry(item)),
            ),
        },
        clock: () => Date.UTC(2026, 0, 1),
      },
    );
    const upload = widgetTarball({ name: 'notes' });
    const asking = { actor: 'token:former', from: null, requestId: 'r' };
    await formerly.publish({ name: 'notes', version: '1.0.0' }, { team: 'markets-data', asking }, upload);
    expect(await entries()).toEqual([]);
    const answers = await Promise.all([1, 2, 3].map(() => api.publish('notes', '1.0.0', upload)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await entries()).toMatchObject([
      { action: 'widget.publish', subject: 'notes@1.0.0', actor: 'token:former', details: { by: 'token:t-markets-data' } },
    ]);
  });

  it('is listed by filters, whose pages go on where the one before ended', async () => {
    for (const version of ['1.0.0', '1.0.1', '1.0.2']) await api.publish('notes', version, widgetTarball({ name: 'notes', version }));
    await api.call('/api/v1/departments/hr', { as: dana, method: 'PUT', body: { title: 'People' } });
    const listed = async (query: string) =>
      (await (await api.call(`/api/v1/audit?${query}`, { as: dana })).json()) as { items: AuditEntry[]; next: string | null };
    const first = await listed('action=widget.publish&actor=token:t-markets-data&limit=2');
    expect(first.items.map(({ subject }) => subject)).toEqual(['notes@1.0.2', 'notes@1.0.1']);
    const second = await listed(`action=widget.publish&actor=token:t-markets-data&limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ subject: 'notes@1.0.0' }], next: null, lookedBackTo: null });
    // Who has not signed in has no name yet.
    const byDana = { items: [{ actor: 'user:dana', action: 'department.put' }] };
    expect(await listed('subject=department:hr')).toMatchObject({ ...byDana, names: {} });
    await api.call('/api/v1/session', { as: dana });
    expect(await listed('subject=department:hr')).toMatchObject({ ...byDana, names: { 'user:dana': 'dana' } });
    expect((await listed('to=2020-01-01T01:00:00%2B01:00')).items).toEqual([]);
    expect((await api.call('/api/v1/audit?cursor=OTk', { as: dana })).status).toBe(400);
  });

  it('is verified without anybody waiting for it, and says when that is done', async () => {
    await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }));
    await entries();
    await verification('POST');
    await api.publish('notes', '1.0.1', widgetTarball({ name: 'notes', version: '1.0.1' }));
    await entries();
    const begun = await api.call('/api/v1/audit/verification?wait=false', { as: dana, method: 'POST' });
    expect(begun.status).toBe(202);
    expect(await begun.json()).toMatchObject({ ok: true, entries: 1 });
    await expect.poll(() => verification('GET')).toMatchObject({ ok: true, entries: 2, reading: null });
  });

  it('is verified for admins and for whoever runs the instance, and for nobody else', async () => {
    await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }));
    await entries();
    expect(await verification('GET')).toMatchObject({ ok: true, broken: null });
    expect(await verification('POST')).toMatchObject({ ok: true, entries: 1, head: { seq: 1 } });
    const statuses = async (method: string) =>
      Promise.all(
        [{ kind: 'bootstrap' } as const, robin, person('casey')].map(
          async (as) => (await api.call('/api/v1/audit/verification', { as, method })).status,
        ),
      );
    expect(await statuses('POST')).toEqual([200, 403, 403]);
    expect(await statuses('GET')).toEqual([403, 403, 403]);
  });

  it('tells the open pages of admins when it is found broken, and when it is whole again, and nobody else’s', async () => {
    await api.publish('notes', '1.0.0', widgetTarball({ name: 'notes' }));
    await entries();
    expect(await verification('POST')).toMatchObject({ ok: true });
    await using admin = await openStreamReader(api, person('ada', ['admin'], []), null);
    await using viewer = await openStreamReader(api, person('casey'), null);
    await tamper('token:t-markets-data', 'user:nobody');
    for (const _ of ['found', 'known']) expect(await verification('POST')).toMatchObject({ ok: false });
    await tamper('user:nobody', 'token:t-markets-data');
    expect(await verification('POST')).toMatchObject({ ok: true });
    const heard = (await admin.take(2)).map(({ event }) => [event.type, event.data]);
    expect(heard).toEqual([
      ['audit.verified', { ok: false }],
      ['audit.verified', { ok: true }],
    ]);
    await api.publish('notes', '1.0.1', widgetTarball({ name: 'notes', version: '1.0.1' }));
    expect((await viewer.take(1)).map(({ event }) => event.type)).toEqual(['widgets.active-changed']);
  });

  it('shows an entry that somebody made unreadable, and says where the log is broken', async () => {
    for (const version of ['1.0.0', '1.0.1']) await api.publish('notes', version, widgetTarball({ name: 'notes', version }));
    await entries();
    if (storage.kind === 'sqlite') storage.database.exec("UPDATE audit SET entry = 'gone' WHERE seq = 2");
    else await storage.connection.collection<{ _id: number }>('audit').updateOne({ _id: 2 }, { $set: { entry: 'gone' } });
    await api.publish('notes', '1.0.2', widgetTarball({ name: 'notes', version: '1.0.2' }));
    const answer = await api.call('/api/v1/audit?subject=notes@1.0.1', { as: dana });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      items: [{ seq: 2, action: 'widget.publish', subject: 'notes@1.0.1', unreadable: 'gone' }],
    });
    expect((await entries()).map(({ subject }) => subject)).toEqual(['notes@1.0.2', 'notes@1.0.1', 'notes@1.0.0']);
    expect(await verification('POST')).toMatchObject({ ok: false, broken: { seq: 2, kind: 'changed' } });
  });

  /** The first entry, by hand. */
  async function tamper(from: string, to: string): Promise<void> {
    if (storage.kind === 'sqlite')
      storage.database.prepare('UPDATE audit SET entry = replace(entry, ?, ?) WHERE seq = 1').run(`"${from}"`, `"${to}"`);
    else {
      const audit = storage.connection.collection<{ _id: number; entry: string }>('audit');
      const entry = (await audit.findOne({ _id: 1 }))?.entry ?? '';
      await audit.updateOne({ _id: 1 }, { $set: { entry: entry.replace(`"${from}"`, `"${to}"`) } });
    }
  }

  it('is loud when it was cut', async () => {
    for (const version of ['1.0.0', '1.0.1']) await api.publish('notes', version, widgetTarball({ name: 'notes', version }));
    await entries();
    expect(await verification('POST')).toMatchObject({ ok: true, entries: 2 });
    expect(await (await api.call('/metrics')).text()).toContain('registry_audit_broken 0');
    if (storage.kind === 'sqlite') storage.database.exec('DELETE FROM audit WHERE seq = 2');
    else await storage.connection.collection<{ _id: number }>('audit').deleteOne({ _id: 2 });
    const found = await verification('POST');
    expect(found).toMatchObject({ ok: false, entries: 1, broken: { seq: 2, kind: 'cut' } });
    expect(await verification('GET')).toEqual(found);
    expect(await (await api.call('/metrics')).text()).toContain('registry_audit_broken 1');
  });
});
