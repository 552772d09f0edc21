/** A widget's own texts in the language of the page around it. */
import { readerLanguage } from './language';

/** By language, then by the text as the widget's code says it. */
export type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a widget says in one language, with what goes into its braces. */
export type Say = (text: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * `words`: what each text is in other languages than the one that the code is written in, `{ de: { 'No rows': 'Keine Zeilen' } }`. Ask it when the
 * text is shown, never while a module loads; `followLanguage` of a widget's element draws it anew when the page changes.
 */
export const translator =
  (words: Words): Say =>
  (text, values = {}) => {
    const language = readerLanguage()?.split('-', 1)[0] ?? '';
    const own = Object.hasOwn(words, language) ? words[language]?.[text] : undefined;
    return (own ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  };
