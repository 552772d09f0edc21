/** Looking up what @datamesh/contracts/search-words makes of texts. */

/** No word is searched deeper than this, so that a text without a space in it is noted as often as any other. */
const deepest = 40;

/** What to note of words that are to be found by any part of them: all their ends, for a part of a word is the beginning of one of those. */
export const endsOf = (words: readonly string[]): string[] => [
  ...new Set(
    words.flatMap((word) => {
      const letters = [...word];
      return letters.slice(0, deepest).map((_, at) => letters.slice(at).join(''));
    }),
  ),
];

/** The first text after all that begin with `word`, in the order of code points. */
export const afterWord = (word: string): string => `${word}\u{10ffff}`;

/** As both databases order texts; JavaScript itself goes by halves of letters beyond U+FFFF. */
export function byCodePoints(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return (a.codePointAt(same) ?? -1) - (b.codePointAt(same) ?? -1);
}

/** Of `words`, the one that the fewest have, if fewer than `common` do: what a search is best led by. */
export function rarest(words: readonly string[], countOf: (word: string) => number, common: number): string | undefined {
  let found: { word: string; count: number } | undefined;
  for (const word of words) {
    const count = countOf(word);
    if (count < (found?.count ?? common)) found = { word, count };
  }
  return found?.word;
}
