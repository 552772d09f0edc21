import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { i18n } from './i18n';

/** As much of a browser as a language needs. */
const kept = new Map<string, string>();
const heard = new Map<string, (event: { key?: string }) => void>();
const page = { documentElement: { lang: 'en', dir: '' }, cookie: '' };
const browser = { languages: ['en-US', 'en'] };
Object.assign(globalThis, {
  document: page,
  addEventListener: (type: string, handler: (event: { key?: string }) => void) => void heard.set(type, handler),
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
});
vi.stubGlobal('navigator', browser);

const { language, languageChoice, locale, onLanguageChange, setLanguage, startLanguage } = await import('./language');
const { dateTimeFormat, listOf, numberFormat } = await import('./formats');

beforeEach(() => {
  kept.clear();
  browser.languages = ['en-US', 'en'];
  page.cookie = '';
});
afterEach(() => setLanguage('en'));

const plural = (count: number): string => i18n.t('{count, plural, one {# request for access} other {# requests for access}}', { count });

it.each([
  [['de-AT', 'en'], 'de', 'de-AT'],
  [['fr', 'de', 'en'], 'de', 'de'],
  [['en-GB', 'de'], 'en', 'en-GB'],
  [['fr'], 'en', 'en'],
])('a browser of %j reads %s, written as in %s', async (languages, expected, written) => {
  browser.languages = languages;
  await startLanguage();
  expect([language(), locale(), page.documentElement.lang, page.documentElement.dir]).toEqual([expected, written, expected, 'ltr']);
});

it('says texts, names and plurals in both languages', async () => {
  const said = (): string[] => [i18n.t('Try again'), i18n.t('Add {title}', { title: 'Chart' }), plural(1), plural(1200)];
  await startLanguage();
  expect(said()).toEqual(['Try again', 'Add Chart', '1 request for access', '1,200 requests for access']);
  await setLanguage('de');
  expect(said()).toEqual(['Erneut versuchen', 'Chart hinzufügen', '1 Zugriffsanfrage', '1.200 Zugriffsanfragen']);
});

it('writes dates, figures and lists as the language does', async () => {
  const at = new Date('2026-11-23T12:00:00Z');
  const said = (): string[] => [dateTimeFormat({ dateStyle: 'long' }).format(at), numberFormat().format(1234.5), listOf(['a', 'b', 'c'])];
  await setLanguage('de');
  expect(said()).toEqual(['23. November 2026', '1.234,5', 'a, b und c']);
  await setLanguage('en');
  expect(said()).toEqual(['November 23, 2026', '1,234.5', 'a, b, and c']);
});

it('keeps what is chosen for the next page and for the edge, and tells whoever shows texts', async () => {
  let told = 0;
  const stop = onLanguageChange(() => told++);
  await setLanguage('de');
  stop();
  expect([languageChoice(), told, page.cookie]).toEqual(['de', 1, 'dm_language=de; Path=/; SameSite=Lax; Max-Age=31536000']);
  await startLanguage();
  expect(language()).toBe('de');
  await setLanguage('system');
  expect([languageChoice(), language(), page.cookie]).toEqual(['system', 'en', 'dm_language=system; Path=/; SameSite=Lax; Max-Age=0']);
});

it('follows what another tab chooses, and what is chosen in the browser', async () => {
  await startLanguage();
  kept.set('dm.language', 'de');
  heard.get('storage')?.({ key: 'dm.language' });
  await expect.poll(language).toBe('de');
  kept.clear();
  heard.get('storage')?.({ key: 'dm.language' });
  await expect.poll(language).toBe('en');
  browser.languages = ['de'];
  heard.get('languagechange')?.({});
  await expect.poll(language).toBe('de');
});

it('has the last of several choices, whichever catalog comes first', async () => {
  await Promise.all([setLanguage('de'), setLanguage('en')]);
  expect([language(), i18n.t('Try again')]).toEqual(['en', 'Try again']);
});

it('shows with pseudo-locales what is a text of the page, and what is a value in it', async () => {
  kept.set('dm.language', 'en-XA');
  await startLanguage();
  expect(i18n.t('Add {title}', { title: 'Chart' })).toBe('Áđđ Chart');
  expect(plural(2)).toBe('2 ŕééǫúúééšţš ƒóóŕ ááççééšš');
  kept.set('dm.language', 'ar-XB');
  await startLanguage();
  expect([page.documentElement.dir, i18n.t('Save')]).toEqual(['rtl', '\u202eŠááṽéé\u202c']);
});

it('has kept what was chosen by the time that whoever shows it hears of it', async () => {
  await startLanguage();
  const heard: string[] = [];
  const stop = onLanguageChange(() => heard.push(languageChoice()));
  await setLanguage('de');
  await setLanguage('system');
  stop();
  expect(heard).toEqual(['de', 'system']);
});
