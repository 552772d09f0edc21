import { afterEach, expect, it, vi } from 'vitest';
import { translator } from './words';

const say = translator({ de: { '{count} rows': '{count} Zeilen', Filter: 'Filtern' } });
const speak = (lang: string): void => {
  vi.stubGlobal('document', { documentElement: { lang } });
};
afterEach(() => vi.unstubAllGlobals());

it('says a text in the page’s language at the moment, with what goes into it', () => {
  speak('de');
  expect(say('{count} rows', { count: 3 })).toBe('3 Zeilen');
  speak('de-AT');
  expect(say('Filter')).toBe('Filtern');
  speak('en');
  expect(say('{count} rows', { count: 3 })).toBe('3 rows');
});

it('says it as the code has it where there is no other, and leaves braces that nothing goes into', () => {
  speak('fr');
  expect(say('Filter')).toBe('Filter');
  speak('de');
  expect(say('Clear {what}')).toBe('Clear {what}');
  vi.unstubAllGlobals();
  expect(say('Filter')).toBe('Filter');
});
