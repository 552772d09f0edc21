/**
 * In which language the page speaks: what the person chose on this browser, else the first of the browser's languages that the page has.
 * Widgets hear of it as of the theme (host/src/workspace/element.ts).
 */
import type { Messages } from '@lingui/core';
import { english, i18n } from './i18n';
import { speakOfProblems } from './localized-problems';

export type Language = 'en' | 'de';
export type LanguageChoice = Language | 'system';

/** Each under its own name, for a list to choose from. */
export const languages: readonly { language: Language; name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'de', name: 'Deutsch' },
];

/** No languages: English in accents, longer by a third; and the same from right to left. For whoever checks the page (docs/languages.md). */
type Pseudo = 'en-XA' | 'ar-XB';
type Spoken = Language | Pseudo;

/** Downloaded by those who read it, before the first text is painted. */
const LOADED: Record<Exclude<Spoken, 'en'>, () => Promise<Messages>> = {
  de: async () => (await import(/* webpackChunkName: "language-de" */ './generated/de.json')).default as unknown as Messages,
  'en-XA': async () => (await import(/* webpackChunkName: "language-pseudo" */ './pseudo')).accented(),
  'ar-XB': async () => (await import(/* webpackChunkName: "language-pseudo" */ './pseudo')).mirrored(),
};

/** In one file with the language that nearly all of their readers read. */
const ofProblems = async () => (await import(/* webpackChunkName: "language-de" */ './problem-words')).wordsOf;

const KEY = 'dm.language';
/** Seconds. */
const YEAR = 31_536_000;

/** What the page speaks now. */
export const language = (): Language => (i18n.locale === 'de' ? 'de' : 'en');

/** What `Intl` is asked for: the page's language, as it is written where the browser's owner lives where that is known (de-AT). */
export const locale = (): string => [i18n.locales ?? i18n.locale].flat()[0] ?? 'en';

export const languageChoice = (): LanguageChoice => {
  const kept = localStorage.getItem(KEY);
  return languages.find((one) => one.language === kept)?.language ?? 'system';
};

/** The page goes on in that language as it stands; rejects, and stays as it was, where the catalog cannot be downloaded. */
export async function setLanguage(choice: LanguageChoice): Promise<void> {
  await speak(choice === 'system' ? preferred() : choice, () => keep(choice));
}

function keep(choice: LanguageChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  // The edge reads this one, so that the next page's catalog comes along with it. It says nothing else.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `dm_language=${choice}; Path=/; SameSite=Lax; Max-Age=${choice === 'system' ? 0 : YEAR}`;
}

/** Before the first text. Where the catalog cannot be had the page speaks English: better than none. Follows what other tabs choose. */
export async function startLanguage(): Promise<void> {
  addEventListener('languagechange', () => void follow());
  addEventListener('storage', ({ key }) => {
    if (key === KEY) void follow();
  });
  await follow();
}

/** Calls back after the language has changed. */
export const onLanguageChange = (listener: () => void): (() => void) => i18n.on('change', listener);

async function follow(): Promise<void> {
  try {
    await speak(kept() ?? preferred());
  } catch (cause) {
    console.warn('The texts of this language could not be loaded.', cause);
    speakOfProblems(undefined);
    show('en', english);
  }
}

const kept = (): Spoken | undefined => {
  const value = localStorage.getItem(KEY) ?? '';
  return value === 'en' || Object.hasOwn(LOADED, value) ? (value as Spoken) : undefined;
};

const preferred = (): Language => navigator.languages.map(primary).find(isLanguage) ?? 'en';

const primary = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';

const isLanguage = (tag: string): tag is Language => languages.some((one) => one.language === tag);

/** Of several choices in a row the last one stays. */
let wanted: Spoken = 'en';

/** `before`: whoever hears of the change finds it kept. */
async function speak(next: Spoken, before?: () => void): Promise<void> {
  wanted = next;
  const [messages, words] = next === 'en' ? [english] : await Promise.all([LOADED[next](), ofProblems()]);
  if (wanted !== next) return;
  before?.();
  speakOfProblems(words);
  show(next, messages);
}

function show(next: Spoken, messages: Messages): void {
  const { documentElement } = document;
  documentElement.lang = next;
  documentElement.dir = next === 'ar-XB' ? 'rtl' : 'ltr';
  const regional = navigator.languages.find((tag) => primary(tag) === next);
  i18n.loadAndActivate({ locale: next, locales: [isLanguage(next) ? (regional ?? next) : 'en'], messages });
}
