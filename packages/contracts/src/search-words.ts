/**
 * One rule for what is looked for by its words. Found is what has, for each word asked for, one that begins with it (people by name), or one that it
 * is in (layouts by title, widgets).
 */

/** Small letters without marks, and digits: "Zoë O’Neill" is zoe, o, neill. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** At most so many words of a text are looked for, or looked up. */
const most = 20;

/** The words of a title or a name, as they are looked up. */
export const searchWords = (text: string): string[] => [...new Set(wordsOf(text))].slice(0, most);
