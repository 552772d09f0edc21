/** Dates, figures and lists as the page's language writes them, in the reader's zone. A formatter is dear to make, and kept. */
import { i18n } from './i18n';

const made = new Map<string, unknown>();

function kept<T>(kind: string, options: object, make: (locales: string | string[]) => T): T {
  const locales = [i18n.locales ?? i18n.locale].flat();
  const key = JSON.stringify([kind, locales, options]);
  const known = (made.get(key) as T | undefined) ?? make(locales);
  made.set(key, known);
  return known;
}

export const dateTimeFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept('date', options, (locales) => new Intl.DateTimeFormat(locales, options));

export const relativeTimeFormat = (options: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat =>
  kept('relative', options, (locales) => new Intl.RelativeTimeFormat(locales, options));

export const numberFormat = (options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  kept('number', options, (locales) => new Intl.NumberFormat(locales, options));

/** "a, b and c". */
export const listOf = (words: readonly string[]): string => kept('list', {}, (locales) => new Intl.ListFormat(locales)).format(words);
