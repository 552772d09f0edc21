/** A registry's SQLite store with as much in it as is asked for, written by the stores themselves. */
import { join } from 'node:path';
import type { LayoutContent, User } from '@datamesh/contracts';
import { nextEntry } from '../../../registry-api/src/audit/audit';
import { openAuditStore } from '../../../registry-api/src/audit/open-store';
import { openOutbox } from '../../../registry-api/src/events/module';
import { beginSession } from '../../../registry-api/src/identity/sessions/session';
import { identityStores } from '../../../registry-api/src/identity/stores';
import { createLayout } from '../../../registry-api/src/layouts/layout';
import { layoutStores } from '../../../registry-api/src/layouts/stores';
import { openSqlite, type Storage } from '../../../registry-api/src/storage/storage';
import { openWidgetStore } from '../../../registry-api/src/widgets/module';
import { listingOf, type VersionContent } from '../../../registry-api/src/widgets/widget';

export interface Size {
  widgets: number;
  /** Of each widget; the first has `most` of them. */
  versions: number;
  most: number;
  layouts: number;
  people: number;
  /** Of the audit log and of the outbox. */
  entries: number;
}

export interface Filled {
  /** The cookie of a session for each of them. */
  cookies: Record<keyof typeof readers, string>;
  /** A layout that `few` owns. */
  layout: string;
}

const user = (id: string, more: Partial<User> = {}): User => ({
  id,
  name: `Reader ${id}`,
  roles: ['power-user'],
  departments: [],
  teams: [],
  ...more,
});
/** `few` may read sixty layouts of their own and what is the company's, `all` also what is the department's, `admin` everything. */
const readers = { few: user('few'), all: user('all', { departments: ['sales'] }), admin: user('admin', { roles: ['admin'] }) };

const day = 24 * 3_600_000;
const words = ['morning', 'evening', 'risk', 'sales', 'round', 'board', 'market', 'price'];
const word = (n: number): string => words[n % words.length] ?? '';
const people = ['Alex', 'Zoë', 'Robin', 'Dana', 'Casey', 'Mika', 'Olga', 'Sam'];

export async function fill(folder: string, size: Size): Promise<Filled> {
  const storage = openSqlite(join(folder, 'registry.db')) as Storage & { kind: 'sqlite' };
  const { database } = storage;
  // Nothing is lost when it is cut off: it is made anew.
  database.exec('PRAGMA synchronous = OFF');
  const now = Date.now();
  const atOnce = async (work: () => Promise<void>) => {
    database.exec('BEGIN');
    await work();
    database.exec('COMMIT');
  };

  const widgets = await openWidgetStore(storage);
  for (let w = 0; w < size.widgets; w++) {
    const name = `widget-${w}`;
    const manifest = {
      name,
      title: `${word(w)} ${word(w + 1)} ${w}`,
      description: 'Measured.',
      publisher: `team-${w % 20}`,
      categories: [word(w)],
      expose: './widget',
    };
    const count = w === 0 ? size.most : size.versions;
    const versions = Array.from({ length: count }, (_, v) => ({
      version: `${Math.floor(v / 100) + 1}.${Math.floor(v / 10) % 10}.${v % 10}`,
      digest: `digest-${w}-${v}`,
      publishedAt: new Date(now).toISOString(),
      publishedBy: 'token:t',
      bytes: 20_000,
      deprecated: null,
      yanked: null,
    }));
    const last = versions.at(-1)?.version ?? '';
    const made = { versions, channels: { stable: [last] } };
    await atOnce(async () => {
      for (const { version, digest } of versions) {
        const files = Array.from({ length: 8 }, (_, f) => ({
          path: `dist/chunk-${f}.mjs`,
          integrity: `sha384-${'A'.repeat(63)}${f}`,
          bytes: 2500,
          encodings: [],
        }));
        await widgets.putContent({ name, version, digest, manifest, files } as VersionContent);
      }
    });
    await widgets.commit(
      { name, owner: manifest.publisher, revision: 1, ...made, listing: listingOf(made, manifest as VersionContent['manifest'], last) },
      [],
    );
  }

  const { layouts } = await layoutStores(storage);
  let mine = '';
  for (let l = 0; l < size.layouts; l++) {
    const isFew = l % Math.floor(size.layouts / 60) === 0;
    const visibility = isFew ? 'private' : l % 5 === 0 ? 'department' : l % 4 === 0 ? 'company' : 'private';
    const content: LayoutContent = {
      title: `${word(l)} ${word(l * 7 + 3)} ${l}`,
      department: visibility === 'department' ? 'sales' : null,
      visibility,
      grants: [],
      tree: { type: 'stack', active: 0, panels: ['p1'] },
      panels: { p1: { widget: `widget-${l % size.widgets}@stable`, settings: {} } },
      defaultChannel: 'blue',
      filters: [],
    };
    const owner = isFew ? 'few' : `person-${l % 500}`;
    const made = createLayout(content, { user: `user:${owner}`, name: owner }, new Date(now - l * 60_000).toISOString());
    if (isFew && mine === '') mine = made.head.id;
    await layouts.create(made, []);
  }

  const { sessions, people: known } = await identityStores(storage);
  for (let p = 0; p < size.people; p++)
    await known.signedIn({
      id: `person-${p}`,
      name: `${people[p % people.length]} ${word(p * 3)}son ${p}`,
      roles: ['viewer'],
      departments: [],
      teams: [],
      signedInAt: now,
    });

  const audit = await openAuditStore(storage);
  await openOutbox(storage);
  let end: Parameters<typeof nextEntry>[0] = null;
  await atOnce(async () => {
    for (let e = 0; e < size.entries; e++) {
      const record = {
        actor: 'user:a',
        action: 'channel.follow',
        subject: `widget-${e % size.widgets}/stable`,
        from: null,
        requestId: `r-${e}`,
        details: { version: '1.0.0' },
      };
      const entry = nextEntry(end, record, new Date(now - day).toISOString());
      await audit.insert(entry, `entry-${e}`);
      end = entry;
    }
    database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
           INSERT INTO outbox (seq, id, at, event) SELECT i, 'event-' || i, ?, json_object('id', 'event-' || i, 'type', 'layouts.changed', 'at', ?,
             'data', json_object('id', 'x'), 'audience', json_object('kind', 'all')) FROM n`,
      )
      .run(size.entries, new Date(now).toISOString(), new Date(now).toISOString());
  });

  const cookies: Record<string, string> = {};
  for (const [name, one] of Object.entries(readers)) {
    const { cookie, record } = beginSession({ user: one, authTime: Math.floor(now / 1000) }, { idle: day, absolute: day }, now);
    await sessions.add(record, []);
    cookies[name] = cookie;
  }
  await storage.close();
  return { cookies: cookies as Filled['cookies'], layout: mine };
}
