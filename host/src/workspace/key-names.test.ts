import { afterEach, expect, it, vi } from 'vitest';
import { i18n } from '../language/i18n';
import { commandKey, keyNames } from './key-names';

afterEach(() => {
  vi.unstubAllGlobals();
  i18n.activate('en');
});

it('are those of the machine', () => {
  vi.stubGlobal('navigator', { platform: 'Linux x86_64' });
  expect([commandKey('S'), commandKey('Shift+Z'), keyNames('Shift+F10'), keyNames('?')]).toEqual([
    'Ctrl+S',
    'Ctrl+Shift+Z',
    'Shift+F10',
    '?',
  ]);
  vi.stubGlobal('navigator', { platform: 'MacIntel' });
  expect(commandKey('S')).toBe('⌘S');
});

it('are those of the language', () => {
  vi.stubGlobal('navigator', { platform: 'Linux x86_64' });
  i18n.loadAndActivate({ locale: 'de', messages: { Ctrl: 'Strg', Shift: 'Umschalt', Delete: 'Entf' } });
  expect([commandKey('Shift+Z'), keyNames('Delete'), keyNames('F2')]).toEqual(['Strg+Umschalt+Z', 'Entf', 'F2']);
});
