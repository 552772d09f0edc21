/** What layouts are found and ordered by, the same in every store. */
import { searchWords, wordsOf } from '@datamesh/contracts/search-words';
import { endsOf } from '../storage/search-words';

/** What to note of a title so that any part of its words finds it. */
export const titleWords = (title: string): string[] => endsOf(searchWords(title));

/** The order of titles: as a person reads them. */
export const titleKey = (title: string): string => wordsOf(title).join(' ');
