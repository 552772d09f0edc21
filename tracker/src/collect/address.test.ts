import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readablePath, readableReferrer } from './address';
import { readableHost } from './host-name';

const host = (name: string): string => readableHost(new URL(`https://${name}/`));

describe('a path', () => {
  it.each([
    ['as it is', '/u/论文/ż'],
    ['encoded', '/u/%E8%AE%BA%E6%96%87/%C5%BC'],
    ['encoded in lower case', '/u/%e8%ae%ba%e6%96%87/%c5%bc'],
    ['encoded in part', '/u/论%E6%96%87/ż'],
    ['with letters encoded that need not be', '/%75/论文/ż'],
    ['in decomposed form', '/u/论文/z\u0307'],
    ['with dots in it', '/x/../u/./论文/ż'],
    ['without its slash', 'u/论文/ż'],
    ['with a query', '/u/论文/ż?q=1#x'],
  ])('%s is one page', (_, path) => {
    expect(readablePath(path)).toBe('/u/论文/ż');
  });

  it.each([
    ['what divides paths', '/a%2fb', '/a%2Fb'],
    ['what would begin a query or fragment', '/a%3fb%23c', '/a%3Fb%23C'],
    ['a percent sign', '/100%25', '/100%25'],
    ['a percent sign that nobody encoded', '/100%', '/100%25'],
    ['bytes that are no UTF-8', '/caf%e9/%ED%A0%80x', '/caf%E9/%ED%A0%80x'],
    ['half a character', '/%E0%B8%A', '/%E0%B8%25A'],
    ['what nobody can see', '/a%00b%E2%80%8Bc%C2%A0', '/a%00b%E2%80%8Bc%C2%A0'],
    ['what turns the text around', '/%E2%80%AEgpj.exe', '/%E2%80%AEgpj.exe'],
  ])('keeps %s encoded', (_, path, kept) => {
    expect(readablePath(path)).toBe(kept.replace('%23C', '%23c'));
  });

  it('shows emoji, right-to-left script, joiners and blanks', () => {
    for (const path of ['/🙂', '/سلام-دنیا', '/می\u200cخواهم', '/my page/👩\u200d💻'])
      expect([readablePath(path), readablePath(encodeURI(path))]).toEqual([path, path]);
    expect(readablePath('/end%20')).toBe('/end%20');
  });

  it('of plain letters is what an address makes of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(\/|\.|[A-Za-z0-9_~-])*$/), (path) => {
        expect(readablePath(path)).toBe(new URL(`http://page${path.startsWith('/') ? '' : '/'}${path}`).pathname);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps an escape whole before an accent', () => {
    for (const path of ['/%F2%A3%A2%AA\u0300', '/%C0%AE%cc%81', '/a%2F\u0307', '/%25%AC\u0327'])
      expect(readablePath(readablePath(path))).toBe(readablePath(path));
    expect(readablePath('/a%2F\u0307')).toBe('/a%2F\u0307');
  });

  it('is the same when it is read once more, whatever it is', () => {
    const path = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webPath(),
      fc.stringMatching(/^(\/|%[0-9a-fA-F]{0,2}|[a-z .]|[é论🙂]|[\u0300\u0307\u0327])*$/u),
    );
    fc.assert(
      fc.property(path, (given) => {
        const once = readablePath(given);
        expect(once).toMatch(/^\//);
        expect(readablePath(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the name of a host', () => {
  it.each([
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--fiqs8s', '中国'],
    ['xn--wgv71a119e.jp', '日本語.jp'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['xn--80aswg.com', 'сайт.com'],
    ['xn--mgbh0fb.xn--kgbechtv', 'مثال.إختبار'],
    ['www.xn--strae-oqa.de:8443', 'www.straße.de:8443'],
    ['Shop.Example.', 'shop.example'],
    ['[2001:DB8::1]:80', '[2001:db8::1]:80'],
  ])('%s is read as %s', (name, read) => {
    expect(host(name)).toBe(read);
  });

  it.each([
    ['with one Cyrillic letter among Latin ones', 'аpple.com'],
    ['of Cyrillic letters that all look Latin', 'аррӏе.com'],
    ['with a dotless i', 'mıcrosoft.com'],
    ['of Greek letters that look Latin', 'νικο.com'],
    ['with a sign for a dot', 'www・example.com'],
    ['of Latin and Han', 'pay支.com'],
  ])('%s stays in its plain form', (_, name) => {
    expect(host(name)).toMatch(/^xn--/);
  });
});

it('a referrer is one site, however it is written', () => {
  const read = (url: string): string => readableReferrer(new URL(url));
  for (const url of ['https://bücher.example/büch', 'https://xn--bcher-kva.example/b%C3%BCch', 'HTTP://BÜCHER.example./b%c3%bcch?q=1'])
    expect(read(url)).toBe('https://bücher.example/büch');
  expect([read('https://r.example'), read('https://r.example/')]).toEqual(['https://r.example/', 'https://r.example/']);
});
