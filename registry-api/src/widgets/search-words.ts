/** The marketplace's search: by normalised words, the same in every store and every language's accents. */
import { wordsOf } from '@datamesh/contracts/search-words';
import { endsOf } from '../storage/search-words';
import type { Listing } from './widget';

/** What a widget is found by the beginnings of: by any part of what it is called, but in what is written about it a part of a word is found by chance. */
export function searchWords(name: string, listing: Listing): string[] {
  const called = [name, listing.title, listing.publisher, ...listing.categories];
  return [...new Set([...endsOf(called.flatMap(wordsOf)), ...wordsOf(listing.description)])];
}

/** The marketplace's order: by title as a person reads it, then by name. */
export const sortKey = (name: string, listing: Listing): string => `${wordsOf(listing.title).join(' ')}\t${name}`;

export const categoryKey = (category: string): string => wordsOf(category).join(' ');
