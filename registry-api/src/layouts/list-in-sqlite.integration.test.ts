import type { LayoutContent } from '@datamesh/contracts';
import { searchWords } from '@datamesh/contracts/search-words';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage';
import { stores } from '../testing/stores';
import { createLayout, type LayoutHead, readersOf } from './layout';
import { sqliteLayoutList } from './list.sqlite';
import { titleKey } from './search-words';
import type { ListQuery } from './store';
import { sqliteLayouts } from './store.sqlite';

const people = ['user:alex', 'user:casey', 'user:robin'];
const departments = ['sales', 'risk'];
// The last two begin with letters that JavaScript and the databases order differently.
const titles = ['Morning round', 'morning', 'Evening mood', 'Zoë’s board', 'Risk morning board', '…', '﨎 board', '𠀀 board'];

const positionIn = ({ sort }: Pick<ListQuery, 'sort'>, { title, updatedAt, id }: LayoutHead) =>
  sort === 'title' ? { title: titleKey(title), id } : { updatedAt, id };
const bytes = (position: object): Buffer => Buffer.from(Object.values(position).join(' '));

/** What the list is, by its words alone. */
function listed(all: LayoutHead[], asked: ListQuery): string[] {
  const { readers, owner, notOwner, words = [], departments: wanted, after, limit } = asked;
  const order = (a: object, b: object): number => Buffer.compare(bytes(a), bytes(b)) * (asked.sort === 'title' ? 1 : -1);
  return all
    .filter((head) => readers === null || readersOf(head).some((reader) => readers.includes(reader)))
    .filter((head) => (owner === undefined || head.owner === owner) && head.owner !== notOwner)
    .filter(({ department }) => !wanted || (department !== null && wanted.includes(department)))
    .filter(({ title }) => words.every((word) => searchWords(title).some((has) => has.includes(word))))
    .filter((head) => !after || order(positionIn(asked, head), after) > 0)
    .sort((a, b) => order(positionIn(asked, a), positionIn(asked, b)))
    .slice(0, limit)
    .map(({ id }) => id);
}

const layout = fc.record({
  title: fc.constantFrom(...titles),
  owner: fc.constantFrom(...people),
  department: fc.option(fc.constantFrom(...departments)),
  visibility: fc.constantFrom('private' as const, 'department' as const, 'company' as const),
  grants: fc.uniqueArray(fc.constantFrom(...people, 'department:sales', 'department:risk'), { maxLength: 2 }),
  minute: fc.nat({ max: 3 }),
});
const some = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const query = fc.record({
  readers: fc.option(fc.subarray([...people, 'company', 'department:sales', 'department:risk'], { minLength: 1 })),
  owner: some(fc.constantFrom(...people)),
  notOwner: some(fc.constantFrom(...people)),
  words: fc.subarray(['mo', 'oar', 'board', 'zoe', 'isk'], { maxLength: 2 }),
  departments: some(fc.subarray(departments, { minLength: 1 })),
  sort: some(fc.constantFrom('changed', 'title')),
  limit: fc.integer({ min: 1, max: 4 }),
});

const [sqlite] = stores();

describe('a list of layouts', () => {
  let storage: Storage & { kind: 'sqlite' };
  beforeEach(async () => {
    const opened = await sqlite?.open();
    if (opened?.kind !== 'sqlite') throw new Error('no SQLite to test on');
    storage = opened;
  });
  afterEach(() => storage.close());

  it.each([1, 3, 5000])('is the same page by page, whichever index leads to it, with %s as what is common', async (common) => {
    const { database } = storage;
    const store = sqliteLayouts(database);
    await fc.assert(
      fc.asyncProperty(fc.array(layout, { maxLength: 14 }), fc.array(query, { minLength: 1, maxLength: 5 }), async (layouts, queries) => {
        database.exec('DELETE FROM layouts');
        const list = sqliteLayoutList(database, common);
        const all: LayoutHead[] = [];
        for (const { title, owner, department, visibility, grants, minute } of layouts) {
          const content: LayoutContent = {
            title,
            department,
            visibility,
            grants: grants.map((to) => ({ to, may: 'view' })),
            tree: { type: 'stack', active: 0, panels: [] },
            panels: {},
            defaultChannel: 'blue',
            filters: [],
          };
          const made = createLayout(content, { user: owner, name: owner }, new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString());
          await store.create(made, []);
          all.push(made.head);
        }
        for (const asked of queries) {
          for (let after: ListQuery['after'] = null; ; ) {
            const page = await list({ ...asked, after } as ListQuery);
            expect(page.map(({ id }) => id)).toEqual(listed(all, { ...asked, after } as ListQuery));
            const last = page.at(-1);
            if (!last) break;
            after = positionIn(asked as ListQuery, last) as ListQuery['after'];
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
