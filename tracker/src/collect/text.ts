/** What nobody can see and what turns the direction of the text after it; line ends of Unicode as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** What nearly all texts are: nothing of it is to be looked for. */
const PLAIN = /^[ -~]*$/;

/** No control characters and no lone surrogates: every engine can hold the rest, and JSON of it is valid everywhere. */
export const clean = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(UNPRINTABLE, '').replace(/\p{Surrogate}/gu, '\uFFFD');

/** Without this character at its end. Not by a pattern such as / +$/, which looks at a run anew from each place in it. */
export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}

/** At most so many UTF-16 units, and never half a character. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? text.slice(0, most - 1) : text.slice(0, most);
}
