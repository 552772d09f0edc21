import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, type Environment, Settings } from './settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const of = (env: Environment): Settings => new Settings(env);
const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a setting', () => {
  it.each([undefined, '', ' ', '\t'])('that is %j is not set', (value) => {
    const settings = of({ X: value });
    expect(settings.optional('X')).toBeNull();
    expect(settings.secret('X')).toBeNull();
    expect(settings.list('X')).toBeNull();
    expect(settings.json('X')).toBeUndefined();
    expect(settings.existingFile('X')).toBeNull();
    expect(settings.optionalWhole('X', { least: 0, most: 9 })).toBeNull();
    expect(settings.text('X', 'else')).toBe('else');
    expect(settings.port('X', 80)).toBe(80);
    expect(settings.oneOf('X', ['on', 'off'])).toBe('on');
    expect(settings.url('X', 'http://else').href).toBe('http://else/');
    expect(settings.path('X', '/else')).toBe('/else');
    expect(settings.trustedProxies('X', ['10.0.0.1']).trusts('10.0.0.1')).toBe(true);
  });

  it('is read as what it is', () => {
    const file = join(folder, 'sites.json');
    writeFileSync(file, '[1]');
    const settings = of({ PORT: ' 80 ', LIST: 'a, ,b,', NONE: 'none', FILE: file, JSON: ' {"a":1}', SECRET: ' s ', URL: 'https://h/p' });
    expect(settings.port('PORT', 1)).toBe(80);
    expect(settings.list('LIST')).toEqual(['a', 'b']);
    expect(settings.list('NONE')).toEqual([]);
    expect(settings.json('FILE')).toEqual([1]);
    expect(settings.json('JSON')).toEqual({ a: 1 });
    expect(settings.existingFile('FILE')).toBe(file);
    expect(settings.secret('SECRET')).toBe(' s ');
    expect(settings.url('URL', '').href).toBe('https://h/p');
    expect(settings.trustedProxies('NONE', ['10.0.0.1']).trusts('10.0.0.1')).toBe(false);
  });

  it.each([
    ['http', (s: Settings) => s.port('X', 1), 'X must be a whole number from 0 to 65535, not "http"'],
    ['65536', (s: Settings) => s.port('X', 1), 'X must be a whole number from 0 to 65535, not "65536"'],
    ['1e3', (s: Settings) => s.port('X', 1), 'X must be a whole number from 0 to 65535, not "1e3"'],
    ['maybe', (s: Settings) => s.oneOf('X', ['on', 'off']), 'X must be one of on, off, not "maybe"'],
    ['localhost:1', (s: Settings) => s.url('X', ''), 'X must be an http(s) address such as http://127.0.0.1:4000, not "localhost:1"'],
    [
      'https://h/app',
      (s: Settings) => s.origin('X', ''),
      'X must be an origin without a path, such as https://dashboard.example.com, not "https://h/app"',
    ],
    [
      'https://u:p@h',
      (s: Settings) => s.origin('X', ''),
      'X must be an origin without a path, such as https://dashboard.example.com, not "https://u:p@h"',
    ],
    ['nowhere', (s: Settings) => s.existingFile('X'), 'X must be a file that exists, not "nowhere"'],
    ['nowhere', (s: Settings) => s.json('X'), 'X must be JSON, or a file that exists, not "nowhere"'],
    [
      'everyone',
      (s: Settings) => s.trustedProxies('X', []),
      'X must be addresses and subnets: "everyone" is no address or subnet such as 10.0.0.0/8',
    ],
    ['a b', (s: Settings) => s.matching('X', '', /^\w+$/, 'a word'), 'X must be a word, not "a b"'],
  ])('of %j is refused by name', (value, read, message) => {
    expect(refusal(() => read(of({ X: value })))).toBe(message);
  });

  it('that is half JSON is refused by name', () => {
    expect(refusal(() => of({ X: '{"a"' }).json('X'))).toMatch(/^X must be JSON: /);
  });

  it('is noted as it was read: what holds, what would hold without it, and in what unit', () => {
    const settings = of({ STOP_SECONDS: '7', NAMES: ' a, b ', LIMIT: 'none', URL: 'http://me:sec,ret@host/p', LEVEL: 'warn' });
    settings.grace();
    settings.bodyWithin();
    settings.list('NAMES');
    settings.someOf('ROLES', ['x', 'y'], ['y']);
    settings.perMinute('LIMIT', 60);
    settings.url('URL', 'http://else');
    settings.oneOf('LEVEL', ['info', 'warn']);
    settings.optionalWhole('COUNT', { least: 1, most: 9 });
    const noted = (name: string) => settings.all().find((one) => one.name === name);
    const plain = { unit: null, hidden: false };
    expect(noted('STOP_SECONDS')).toEqual({ ...plain, name: 'STOP_SECONDS', isSet: true, value: '7', default: '3', unit: 'seconds' });
    expect(noted('BODY_SECONDS')).toEqual({ ...plain, name: 'BODY_SECONDS', isSet: false, value: '30', default: '30', unit: 'seconds' });
    expect(noted('NAMES')).toEqual({ ...plain, name: 'NAMES', isSet: true, value: 'a, b', default: null });
    expect(noted('ROLES')).toEqual({ ...plain, name: 'ROLES', isSet: false, value: 'y', default: 'y' });
    expect(noted('LIMIT')).toEqual({ ...plain, name: 'LIMIT', isSet: true, value: 'none', default: '60', unit: 'a minute' });
    expect(noted('URL')).toEqual({ ...plain, name: 'URL', isSet: true, value: 'http://…@host/p', default: 'http://else' });
    expect(noted('LEVEL')).toEqual({ ...plain, name: 'LEVEL', isSet: true, value: 'warn', default: 'info' });
    expect(noted('COUNT')).toEqual({ ...plain, name: 'COUNT', isSet: false, value: null, default: null });
    expect(settings.all().map(({ name }) => name)).toEqual([...settings.all().map(({ name }) => name)].sort());
  });

  it('is noted without what it says where it is a secret, or JSON that may hold some', () => {
    const settings = of({ TOKEN: 'hush-1', SITES: '[{"secret":"hush-2"}]' });
    settings.secret('TOKEN');
    settings.secret('OTHER');
    settings.json('SITES');
    const hidden = { value: null, default: null, unit: null, hidden: true };
    expect(settings.all()).toEqual([
      { name: 'OTHER', isSet: false, ...hidden },
      { name: 'SITES', isSet: true, ...hidden },
      { name: 'TOKEN', isSet: true, ...hidden },
    ]);
    expect(JSON.stringify(settings.all())).not.toContain('hush');
  });
});
