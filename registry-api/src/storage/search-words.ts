/** At most so many words of a text are looked for, or looked up. */
const most = 20;

/** The words of a text as they are looked up by their beginnings: small letters without marks, digits; "Zoë O’Neill" is zoe, o, neill. */
export const searchWords = (text: string): string[] =>
  [
    ...new Set(
      text
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean),
    ),
  ].slice(0, most);

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
