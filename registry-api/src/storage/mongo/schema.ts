/** The version of what MongoDB holds, in the collection `schema`. Steps run in order, once; several replicas may run one at once. */

import { searchWords } from '@datamesh/contracts/search-words';
import { NewerData } from '@datamesh/service';
import type { Connection } from 'mongoose';
import { readEntry } from '../../audit/audit';
import { aboutOf } from '../../audit/store';
import { pinsKey } from '../../layouts/departments/department';
import { documentOf } from '../../layouts/document';
import type { LayoutBody } from '../../layouts/layout';
import { titleKey, titleWords } from '../../layouts/search-words';
import { searchWords as widgetWords } from '../../widgets/search-words';
import type { WidgetRecord } from '../../widgets/widget';
import { isDuplicate } from './connection';

/** What an audit entry says that somebody has made unreadable: it must keep nobody from starting. */
const nothing = { actor: '', action: '', subject: '' };

type Step = (connection: Connection) => Promise<void>;

/** Never edit a released one, add another at the end. A step that is run again changes nothing. */
const steps: readonly Step[] = [
  // 1: as it was first.
  async () => {},
  // 2: audit entries can be looked up by what they are about.
  async (connection) => {
    const audit = connection.collection<{ _id: number; about?: string; entry: string }>('audit');
    for await (const { _id, entry } of audit.find({ about: { $exists: false } }))
      await audit.updateOne({ _id }, { $set: { about: aboutOf(readEntry({ seq: _id, entry }) ?? nothing) } });
  },
  // 3: layouts are found by the words of their titles.
  async (connection) => {
    const layouts = connection.collection<{ _id: string; words?: string[]; deleted: boolean; head: { title?: string } }>('layouts');
    for await (const { _id, head } of layouts.find({ words: { $exists: false }, deleted: false }))
      await layouts.updateOne({ _id, words: { $exists: false } }, { $set: { words: searchWords(head.title ?? '') } });
  },
  // 4: two indexes make room for better ones: one held every widget, and was read to find the few with news; one gave no order.
  async (connection) => {
    await dropIndex(connection, 'widgets', 'pending.id_1');
    await dropIndex(connection, 'audit', 'about_1');
  },
  // 5: what is in a layout is a document, and no longer a text.
  async (connection) => {
    const layouts = connection.collection<{ _id: string; revision: number; deleted: boolean; body: unknown }>('layouts');
    const texts = { deleted: false, 'body.panels': { $exists: false } };
    for (let left = 1; left > 0; left = await layouts.countDocuments(texts))
      // A process of the older version that has saved in between has written another text: it is met in the next round.
      for await (const { _id, revision, body } of layouts
        .find(texts)
        .project<{ _id: string; revision: number; body: string }>({ revision: 1, body: 1 }))
        await layouts.updateOne({ _id, revision }, { $set: { body: documentOf(JSON.parse(body) as LayoutBody) } });
  },
  // 6: what a department pinned before there could be several is its home. A replica of before still reads what it wrote.
  async (connection) => {
    const departments = connection.collection<{ _id: string; layout?: string | null; pinnedBy?: string; pinnedAt?: string }>('departments');
    for await (const { _id, layout, pinnedBy, pinnedAt } of departments.find({ pinsKey: { $exists: false } })) {
      const pins = layout ? [{ layout, by: pinnedBy ?? '', at: pinnedAt ?? '' }] : [];
      const set = { home: layout ?? null, pins };
      await departments.updateOne({ _id, pinsKey: { $exists: false } }, { $set: { ...set, pinsKey: pinsKey(set) } });
    }
  },
  // 7: audit entries are found by who did what to what, and when. What is no entry any more stands with the one before it.
  async (connection) => {
    const audit = connection.collection<{ _id: number; at?: string; entry: string }>('audit');
    let before = '';
    for await (const { _id, at, entry } of audit.find().sort({ _id: 1 })) {
      const found = readEntry({ seq: _id, entry }) ?? { ...nothing, at: before };
      if (at === undefined) {
        const { actor, action, subject } = found;
        await audit.updateOne({ _id }, { $set: { at: found.at, actor, action, subject } });
      }
      before = at ?? found.at;
    }
  },
  // 8: layouts are found by any part of the words of their titles, and listed by title.
  async (connection) => {
    interface Titled {
      _id: string;
      revision: number;
      deleted: boolean;
      head: { title?: string };
      bin?: { at: string };
    }
    const layouts = connection.collection<Titled>('layouts');
    const without = { deleted: false, titleKey: { $exists: false } };
    for (let left = 1; left > 0; left = await layouts.countDocuments(without))
      // One that a process of the older version saves, deletes or restores in between is met in the next round.
      for await (const { _id, revision, head, bin } of layouts.find(without).project<Titled>({ revision: 1, head: 1, bin: 1 })) {
        const title = head.title ?? '';
        const words = bin ? {} : { words: titleWords(title) };
        await layouts.updateOne({ _id, revision, 'bin.at': bin?.at ?? null }, { $set: { titleKey: titleKey(title), ...words } });
      }
  },
  // 9: widgets are found by any part of the words of what they are called.
  async (connection) => {
    const widgets = connection.collection<{ _id: string; revision: number; record: string }>('widgets');
    for await (const { _id } of widgets.find().project<{ _id: string }>({ _id: 1 }))
      for (let isNoted = false; !isNoted; ) {
        const found = await widgets.findOne({ _id });
        if (!found) break;
        const { name, listing } = JSON.parse(found.record) as WidgetRecord;
        const written = await widgets.updateOne({ _id, revision: found.revision }, { $set: { words: widgetWords(name, listing) } });
        isNoted = written.matchedCount === 1;
      }
  },
];

/** Nothing where it, or its collection, is not there. */
async function dropIndex(connection: Connection, collection: string, name: string): Promise<void> {
  const known = await connection.listCollections();
  if (!known.some((one) => one.name === collection)) return;
  if (await connection.collection(collection).indexExists(name)) await connection.collection(collection).dropIndex(name);
}

export async function migrateMongo(connection: Connection): Promise<void> {
  const marks = connection.collection<{ _id: string; version: number }>('schema');
  const version = (await marks.findOne({ _id: 'registry' }))?.version ?? 0;
  if (version > steps.length)
    throw new NewerData({
      program: 'the registry',
      where: `The database ${connection.name}`,
      found: `schema version ${version}`,
      known: `up to version ${steps.length}`,
    });
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    await step(connection);
    try {
      await marks.updateOne({ _id: 'registry', version: { $lt: index + 1 } }, { $set: { version: index + 1 } }, { upsert: true });
    } catch (error) {
      // Another replica was faster.
      if (!isDuplicate(error)) throw error;
    }
  }
}
