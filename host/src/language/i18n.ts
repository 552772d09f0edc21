/**
 * Every text that a person reads on the page goes through `i18n.t`. The English text is its id: `i18n.t('Share {name}', { name })`; plurals are
 * ICU's, `i18n.t('{count, plural, one {# panel} other {# panels}}', { count })`. Call it where the text is shown, never while a module loads:
 * the language is not known then, and may change later. `npm run generate` collects the texts; docs/decisions/0035-languages.md says why so.
 */
import { I18n, type Messages } from '@lingui/core';
import en from './generated/en.json';

/** Its plurals; all else that is English stands where it is used. */
export const english = en as unknown as Messages;

export const i18n = new I18n({ locale: 'en', messages: { en: english } });

/** What is in no catalog is English without plurals: `{name}` is all that has to be found in it. */
i18n.setMessagesCompiler(compileSimple);

type Compiled = (string | [name: string])[];

// The library asks for each text as often as it is shown, which is hundreds of times for the heads of an editor's panels.
const compiled = new Map<string, Compiled>();

/** The shape that catalogs are compiled to: text, and the names of values in arrays. */
export function compileSimple(text: string): Compiled {
  const known = compiled.get(text);
  if (known) return known;
  const parts = text.split(/\{(\w+)\}/).map((part, at): Compiled[number] => (at % 2 === 1 ? [part] : part));
  compiled.set(text, parts);
  return parts;
}
