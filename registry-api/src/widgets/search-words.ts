/** The marketplace's search: by word prefix over normalised words, the same in every store and every language's accents. */
import type { Listing } from './widget';

/** Lower-case words without accents: "Préis-Chart" gives "preis" and "chart". */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** All words under which a widget is found. */
export function searchWords(name: string, listing: Listing): string[] {
  const texts = [name, listing.title, listing.description, listing.publisher, ...listing.categories];
  return [...new Set(texts.flatMap(wordsOf))];
}

/** The marketplace's order: by title as a person reads it, then by name. */
export const sortKey = (name: string, listing: Listing): string => `${wordsOf(listing.title).join(' ')}\t${name}`;

export const categoryKey = (category: string): string => wordsOf(category).join(' ');
