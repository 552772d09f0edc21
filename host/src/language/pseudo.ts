/**
 * Catalogs that nobody has to translate: whatever they say in plain letters was never a text of the page's, and what does not fit them fits
 * no real language either. Their values stay as they are.
 */
import type { Messages } from '@lingui/core';
import { compileSimple, english } from './i18n';

type Token = string | unknown[];

const LETTERS: Record<string, string> = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, at) => [
    letter,
    [...'áƀçđéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ'][at] ?? letter,
  ]),
);

/** Vowels twice: a third longer, as German is. */
const accent = (text: string): string =>
  [...text].map((letter) => (LETTERS[letter] ?? letter).repeat(/[aeiou]/.test(letter) ? 2 : 1)).join('');

/** Each part is written from right to left, so that whatever does not follow the page's direction is seen. */
const mirror = (text: string): string => (/\p{L}/u.test(text) ? `\u202e${accent(text)}\u202c` : text);

export const accented = (): Messages => catalog(accent);
export const mirrored = (): Messages => catalog(mirror);

/** Texts are made as they are asked for: none is missing. */
function catalog(write: (text: string) => string): Messages {
  const texts = new Map<string, Token[]>();
  const of = (id: string): Token[] => {
    const text = texts.get(id) ?? tokens((english[id] as Token[] | undefined) ?? compileSimple(id), write);
    texts.set(id, text);
    return text;
  };
  return new Proxy({} as Messages, {
    get: (_, id) => of(String(id)),
    getOwnPropertyDescriptor: (_, id) => ({ value: of(String(id)), configurable: true, enumerable: true }),
  });
}

const tokens = (parts: readonly Token[], write: (text: string) => string): Token[] =>
  parts.map((part) => (typeof part === 'string' ? (part === '#' ? part : write(part)) : argument(part, write)));

/** [name] or [name, plural, { one: parts }]. */
function argument([name, kind, cases]: unknown[], write: (text: string) => string): unknown[] {
  if (kind === undefined) return [name];
  const pseudo = Object.entries(cases as Record<string, unknown>).map(([key, parts]) => [
    key,
    Array.isArray(parts) ? tokens(parts, write) : typeof parts === 'string' ? write(parts) : parts,
  ]);
  return [name, kind, Object.fromEntries(pseudo)];
}
