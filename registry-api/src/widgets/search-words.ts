/** The marketplace's search: by word prefix over normalised words, the same in every store and every language's accents. */
import { wordsOf } from '@datamesh/contracts/search-words';
import type { Listing } from './widget';

/** All words under which a widget is found. */
export function searchWords(name: string, listing: Listing): string[] {
  const texts = [name, listing.title, listing.description, listing.publisher, ...listing.categories];
  return [...new Set(texts.flatMap(wordsOf))];
}

/** The marketplace's order: by title as a person reads it, then by name. */
export const sortKey = (name: string, listing: Listing): string => `${wordsOf(listing.title).join(' ')}\t${name}`;

export const categoryKey = (category: string): string => wordsOf(category).join(' ');
