/** What a person was told, each once, newest first. Pure: pages of one person put their books together, in any order, and have the same. */

export const kinds = [
  'swapped',
  'returned',
  'withdrawn-version',
  'deprecated',
  'shared',
  'access',
  'pinned',
  'changed',
  'newer',
  'rights',
  'withdrawn',
  'deleted',
] as const;
export type Kind = (typeof kinds)[number];

export interface News {
  kind: Kind;
  /** What it is about. What was said last about the same is not said again, whichever page heard it, and how often. */
  topic: string;
  /** What is so now. */
  fact: string;
  /** What its words are made of: they are in the language that is read later. */
  values: Readonly<Record<string, string>>;
}

export interface Entry {
  id: string;
  kind: Kind;
  topic: string;
  fact: string;
  values: Readonly<Record<string, string>>;
  /** When it was heard. */
  at: string;
  read: boolean;
}

/** What is older goes. */
export const MAX_ENTRIES = 100;

/** The same book where it was said before. */
export function noted(book: readonly Entry[], { kind, topic, fact, values }: News, at: string): readonly Entry[] {
  const before = book.filter((entry) => entry.topic === topic);
  const [last] = before;
  if (last?.fact === fact) return book;
  // Whoever saves all morning is one entry, until it is read: others would be pushed out.
  if (kind === 'changed' && last && !last.read && last.values['by'] === values['by']) return book;
  // The same number on every page: there and back and there again are three entries, and not six of two pages.
  const times = before.filter((entry) => entry.fact === fact).length;
  return inOrder([{ id: `${topic} ${fact} ${times}`, kind, topic, fact, values, at, read: false }, ...book]);
}

/** What either knows; read on one page is read. */
export function together(one: readonly Entry[], other: readonly Entry[]): readonly Entry[] {
  const all = new Map(one.map((entry) => [entry.id, entry]));
  for (const entry of other) {
    const known = all.get(entry.id);
    // The page that heard it first says when.
    const [first] = known && known.at <= entry.at ? [known] : [entry];
    all.set(entry.id, { ...first, read: entry.read || known?.read === true });
  }
  return inOrder([...all.values()]);
}

/** `id`: of one; else all. */
export const markedRead = (book: readonly Entry[], id?: string): readonly Entry[] =>
  book.map((entry) => (entry.read || (id !== undefined && id !== entry.id) ? entry : { ...entry, read: true }));

const inOrder = (entries: Entry[]): Entry[] =>
  entries.sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1)).slice(0, MAX_ENTRIES);

/** Of what a browser kept: entries that are none are left out. */
export function readBook(text: string | null): readonly Entry[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? inOrder(kept.filter(isEntry)) : [];
  } catch {
    // Written by something else: as good as nothing.
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, kind, topic, fact, values, at, read } = value as Record<string, unknown>;
  return (
    [id, topic, fact].every((text) => typeof text === 'string') &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof read === 'boolean' &&
    kinds.some((known) => known === kind) &&
    typeof values === 'object' &&
    values !== null &&
    Object.values(values).every((text) => typeof text === 'string')
  );
}
