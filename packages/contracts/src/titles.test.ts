import { describe, expect, it } from 'vitest';
import { checkLayoutContent, checkWidgetManifest } from './node';
import { isTitle, titleRule } from './titles';

const bad: [string, string][] = [
  ['nothing', ''],
  ['spaces', '   '],
  ['other spaces', '\u00a0\u2003\u3000'],
  ['a zero-width space', '\u200b'],
  ['zero-width joiners', '\u200d\u2060\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a filler that counts as a letter', '\u3164'],
  ['the empty Braille cell', '\u2800'],
  ['a mark with nothing under it', '\u0301'],
  ['a NUL', 'Sales\u0000'],
  ['a line break', 'Sales\nand more'],
  ['an escape', 'Sales\u001b[31m'],
  ['half of a pair', 'Sales\ud83d'],
  ['the other half', '\ude00Sales'],
  ['an override of direction', 'Sales \u202egnp.exe'],
  ['an isolate', '\u2066Sales\u2069'],
  ['an annotation that is hidden', 'Sales\ufff9of nobody\ufffa'],
  ['a mark that ends swapping', 'Sales\u206a'],
  ['what is no character', 'Sales\uffff'],
  ['another that is none', 'Sales\ufdd0'],
  ['a notehead that leaves no mark', '\u{1d159}'],
  ['a line separator', 'a\u2028b'],
];

describe('a title', () => {
  it.each(['Sales', '日本語', 'Zürich – Q3', '✨', '👩‍👩‍👧', 'שלום', 'é', '1', '…', 'नमस्ते'])('may be %s', (text) => {
    expect(isTitle(text)).toBe(true);
  });

  it.each(bad)('may not be %s', (_what, text) => {
    expect(isTitle(text)).toBe(false);
  });

  it('is refused in a layout, a panel and a widget with the same sentence', () => {
    const panel = { widget: 'notes@stable', title: '\u200b' };
    const layout = { title: '\u0007', tree: { type: 'stack', active: 0, panels: ['p1'] }, panels: { p1: panel } };
    const rules = checkLayoutContent(layout).map(({ path, message }) => [path, message]);
    expect(rules).toEqual(
      expect.arrayContaining([
        ['/title', titleRule],
        ['/panels/p1/title', titleRule],
      ]),
    );
    const widget = { name: 'abc', title: '\u202e', description: 'x', publisher: 'x', expose: './widget', categories: [' '] };
    expect(checkWidgetManifest(widget).map(({ path, message }) => [path, message])).toEqual([
      ['/title', titleRule],
      ['/categories/0', titleRule],
    ]);
  });
});
