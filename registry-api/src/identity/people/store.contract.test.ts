import { searchWords } from '@datamesh/contracts/search-words';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { stores } from '../../testing/stores';
import { identityStores } from '../stores';
import { type PeopleQuery, type PeopleStore, type PersonRecord, positionOf } from './store';
import { sqlitePeople } from './store.sqlite';

describe.each(stores())('the people store on $name', ({ open }) => {
  let storage: Storage;
  let people: PeopleStore;
  beforeEach(async () => {
    storage = await open();
    ({ people } = await identityStores(storage));
  });
  afterEach(() => storage.close());

  const signIn = (id: string, name: string, signedInAt = 100, departments = ['sales']) =>
    people.signedIn({ id, name, roles: ['viewer'], departments, teams: [], signedInAt });
  const find = async (text: string, more: Partial<PeopleQuery> = {}) =>
    (await people.search({ words: searchWords(text), since: 0, except: '', limit: 10, ...more })).map(({ name }) => name);

  it('finds people by the beginnings of the words of their names, in any order, whatever their marks and capitals', async () => {
    await signIn('1', 'Zoë O’Neill');
    await signIn('2', 'Alex Lin');
    await signIn('3', 'Alexandra Zola');
    await signIn('4', '王 小明');
    expect(await find('zo')).toEqual(['Alexandra Zola', 'Zoë O’Neill']);
    expect(await find('ZOE')).toEqual(['Zoë O’Neill']);
    expect(await find('zo al')).toEqual(['Alexandra Zola']);
    expect(await find('alex l')).toEqual(['Alex Lin']);
    expect(await find('lex')).toEqual([]);
    expect(await find('小')).toEqual(['王 小明']);
    expect(await find('.*')).toEqual([]);
  });

  it('gives those of some ids, as they signed in last', async () => {
    await signIn('1', 'Alex Lin');
    await signIn('2', 'Casey Brooks', 100, ['sales']);
    await signIn('2', 'Casey Brooks', 200, ['risk']);
    expect(await people.find(['2', 'nobody'])).toEqual([
      { id: '2', name: 'Casey Brooks', roles: ['viewer'], departments: ['risk'], teams: [], signedInAt: 200 },
    ]);
    expect(await people.find([])).toEqual([]);
  });

  it('leaves out who asks, and who has not been here for long, and gives no more than asked for', async () => {
    await signIn('1', 'Alex Lin', 100);
    await signIn('2', 'Alex Moe', 200);
    await signIn('3', 'Alex Poe', 300);
    expect(await find('alex', { except: '3' })).toEqual(['Alex Lin', 'Alex Moe']);
    expect(await find('alex', { since: 200 })).toEqual(['Alex Moe', 'Alex Poe']);
    expect(await find('alex', { limit: 1 })).toEqual(['Alex Lin']);
  });

  it('lists everybody by name, page by page, also those of one name and of none that can be looked up, and finds among them', async () => {
    const names = ['Zoë O’Neill', 'Alex Lin', 'Alex Lin', '…', 'Ann Ling'];
    for (const [index, name] of names.entries()) await signIn(String(index), name);
    const listed = async (words: string[]): Promise<string[]> => {
      const found: PersonRecord[] = [];
      for (;;) {
        const last = found.at(-1);
        const page = await people.page({ words, after: last ? positionOf(last) : null, limit: 2 });
        found.push(...page);
        if (page.length < 2) return found.map(({ id }) => id);
      }
    };
    expect(await listed([])).toEqual(['3', '1', '2', '4', '0']);
    expect(await listed(['li'])).toEqual(['1', '2', '4']);
    expect(await listed(['nobody'])).toEqual([]);
  });

  it('knows somebody as they signed in last, also where two windows do at once', async () => {
    await Promise.all([signIn('1', 'Alex Lin'), signIn('1', 'Alex Lin'), signIn('1', 'Alex Lin')]);
    await signIn('1', 'Alex Moe', 200, ['risk']);
    expect(await find('lin')).toEqual([]);
    expect(await people.search({ words: ['moe'], since: 0, except: '', limit: 10 })).toEqual([
      { id: '1', name: 'Alex Moe', roles: ['viewer'], departments: ['risk'], teams: [], signedInAt: 200 },
    ]);
    expect(await people.names(['1', 'nobody'])).toEqual(new Map([['1', 'Alex Moe']]));
  });
});

describe('people who share the beginning of a word', () => {
  it.each([1, 5000])('are found as well where it does not lead, with %s as what is common', async (common) => {
    const storage = await stores()[0]?.open();
    if (storage?.kind !== 'sqlite') throw new Error('no SQLite to test on');
    try {
      const people = sqlitePeople(storage.database, common);
      for (const name of ['Zoë Lin', 'Alex Lin', 'Ann Ling', 'Alex Moe'])
        await people.signedIn({ id: name, name, roles: [], departments: [], teams: [], signedInAt: 1 });
      const find = async (...words: string[]) => (await people.search({ words, since: 0, except: '', limit: 2 })).map(({ name }) => name);
      expect(await find('li')).toEqual(['Alex Lin', 'Ann Ling']);
      expect(await find('li', 'a')).toEqual(['Alex Lin', 'Ann Ling']);
      expect(await find('lin', 'zo')).toEqual(['Zoë Lin']);
      expect(await find('al', 'x')).toEqual([]);
    } finally {
      await storage.close();
    }
  });
});
