import { describe, expect, it } from 'vitest';
import { unreadOf } from '../unread';
import { type Entry, MAX_ENTRIES, markedRead, type News, noted, readBook, together } from './book';

const swap = (version: string, spec = 'notes@stable'): News => ({
  kind: 'swapped',
  topic: `swapped ${spec}`,
  fact: version,
  values: { title: 'Notes', version, layout: 'a-layout' },
});
const at = (second: number): string => new Date(Date.UTC(2026, 10, 27, 12, 0, second)).toISOString();
const told = (...news: News[]): readonly Entry[] => news.reduce<readonly Entry[]>((book, one, second) => noted(book, one, at(second)), []);
const facts = (book: readonly Entry[]): string[] => book.map(({ fact }) => fact);

describe('a book of what was told', () => {
  it('has each once, newest first', () => {
    const book = told(swap('1.1.0'), swap('2.0.0', 'notes@beta'), swap('1.1.0'), swap('2.0.0', 'notes@beta'));
    expect(facts(book)).toEqual(['2.0.0', '1.1.0']);
    expect(noted(book, swap('1.1.0'), at(9))).toBe(book);
  });

  it('says again what became so again', () => {
    const book = told(swap('1.1.0'), swap('1.0.0'), swap('1.1.0'));
    expect(facts(book)).toEqual(['1.1.0', '1.0.0', '1.1.0']);
    expect(new Set(book.map(({ id }) => id)).size).toBe(3);
  });

  it('keeps a bounded number: the oldest go', () => {
    const book = told(...Array.from({ length: MAX_ENTRIES + 5 }, (_, i) => swap(`1.${i}.0`)));
    expect(book).toHaveLength(MAX_ENTRIES);
    expect(book[0]?.fact).toBe(`1.${MAX_ENTRIES + 4}.0`);
    expect(book.at(-1)?.fact).toBe('1.5.0');
  });

  it('has one entry for a person who saves again and again, until it is read', () => {
    const saved = (revision: string, by = 'Casey'): News => ({ kind: 'changed', topic: 'changed a', fact: revision, values: { by } });
    const book = told(saved('2'), saved('3'), saved('4', 'Robin'), saved('5', 'Robin'));
    expect(facts(book)).toEqual(['4', '2']);
    expect(facts(noted(markedRead(book), saved('6', 'Robin'), at(9)))).toEqual(['6', '4', '2']);
  });

  it('is read one by one, or as a whole', () => {
    const book = told(swap('1.1.0'), swap('1.2.0'), swap('1.3.0'));
    const one = markedRead(book, book[1]?.id);
    expect(one.map(({ read }) => read)).toEqual([false, true, false]);
    expect([unreadOf(book), unreadOf(one), unreadOf(markedRead(one))]).toEqual([3, 2, 0]);
  });
});

describe('books of two pages', () => {
  it('are one where both heard the same at different times, there and back and there again', () => {
    const [news, late] = [[swap('1.1.0'), swap('1.0.0'), swap('1.1.0')], at(30)];
    const one = told(...news);
    const other = news.reduce<readonly Entry[]>((book, each) => noted(book, each, late), []);
    const both = together(one, other);
    expect(facts(both)).toEqual(['1.1.0', '1.0.0', '1.1.0']);
    expect(both.map((entry) => entry.at)).toEqual([at(2), at(1), at(0)]);
  });

  it('have what either knows in the same order, whichever is put to which, and as often as one likes', () => {
    const one = told(swap('1.1.0'), swap('1.2.0'));
    const other = markedRead(told(swap('1.1.0'), swap('2.0.0', 'notes@beta')));
    const both = together(one, other);
    expect(both).toHaveLength(3);
    expect(JSON.stringify(together(other, one))).toBe(JSON.stringify(both));
    expect(JSON.stringify(together(both, one))).toBe(JSON.stringify(both));
    expect(JSON.stringify(together(other, both))).toBe(JSON.stringify(both));
  });

  it('take for read what was read on either', () => {
    const book = told(swap('1.1.0'));
    expect(together(book, markedRead(book))).toEqual(markedRead(book));
    expect(together(markedRead(book), book)).toEqual(markedRead(book));
  });

  it('stay bounded', () => {
    const [one, other] = ['stable', 'beta'].map((channel) =>
      told(...Array.from({ length: MAX_ENTRIES }, (_, i) => swap(`1.${i}.0`, `notes@${channel}`))),
    ) as [readonly Entry[], readonly Entry[]];
    expect(together(one, other)).toHaveLength(MAX_ENTRIES);
  });
});

describe('a book that was kept', () => {
  it('is read as it was written', () => {
    const book = told(swap('1.1.0'), swap('1.2.0'));
    expect(readBook(JSON.stringify(book))).toEqual(book);
  });

  it.each([null, '', '{', '7', '{}', '[null,7,{"id":"x"}]'])('is empty where %s was kept', (text) => expect(readBook(text)).toEqual([]));

  it('leaves out what is no entry', () => {
    const [entry] = told(swap('1.1.0'));
    const strange = [
      { ...entry, kind: 'elsewhere' },
      { ...entry, at: 'yesterday' },
      { ...entry, values: { title: 7 } },
      { ...entry, read: 'no' },
    ];
    expect(readBook(JSON.stringify([...strange, entry]))).toEqual([entry]);
  });
});
