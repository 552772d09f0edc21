/** Looking up what @datamesh/contracts/search-words makes of texts. */

/** The first text after all that begin with `word`, in the order of code points. */
export const afterWord = (word: string): string => `${word}\u{10ffff}`;

/** Of `words`, the one that the fewest have, if fewer than `common` do: what a search is best led by. */
export function rarest(words: readonly string[], countOf: (word: string) => number, common: number): string | undefined {
  let found: { word: string; count: number } | undefined;
  for (const word of words) {
    const count = countOf(word);
    if (count < (found?.count ?? common)) found = { word, count };
  }
  return found?.word;
}
