/** Where the words for problems stand once a language has brought them along (./problemWords): English needs none. */
type WordsOf = (code: string) => string | undefined;

let words: WordsOf | undefined;

export function speakOfProblems(next: WordsOf | undefined): void {
  words = next;
}

/** undefined: the service's own text says it best. */
export const problemWords: WordsOf = (code) => words?.(code);
