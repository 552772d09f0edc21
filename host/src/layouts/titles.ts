import { i18n } from '../language/i18n';

/** As long as the contract allows. */
const LONGEST = 120;

/** What a new layout is called until a person names it, in the language of whoever made it. */
export const untitledStem = (): string => i18n.t('Untitled layout');

export const isUntitled = (title: string): boolean => title.replace(/ \d+$/, '') === untitledStem();

export const untitled = (taken: Iterable<string>): string => freeTitle(untitledStem(), taken);

/** The title, with a number where it is taken: two of one name cannot be told apart. */
export function freeTitle(wanted: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : ` ${number}`;
    const title = `${[...wanted].slice(0, LONGEST - suffix.length).join('')}${suffix}`;
    if (!known.has(title)) return title;
  }
}

/** Of a person's copy of a layout. */
export function copyTitle(title: string, taken: Iterable<string>): string {
  const suffix = ` ${i18n.t('(my copy)')}`;
  const base = title.endsWith(suffix) ? title.slice(0, -suffix.length) : title;
  return freeTitle(`${[...base].slice(0, LONGEST - suffix.length).join('')}${suffix}`, taken);
}
