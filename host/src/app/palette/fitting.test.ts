import { expect, it } from 'vitest';
import { type Found, fitting } from './fitting';

const commands: Found[] = ['Rename', 'Restore revision', 'Go to Remote sensing', 'Share', 'Ouvrir la mise en page préférée'].map(
  (label, index) => ({ id: String(index), label, run: () => undefined }),
);
const found = (typed: string): string[] => fitting(commands, typed).map(({ label }) => label);

it('offers all commands until something is typed', () => {
  expect(found('')).toHaveLength(commands.length);
});

it('puts first what begins so, then what has such a word, then what has the letters in their order', () => {
  expect(found('re').slice(0, 2)).toEqual(['Rename', 'Restore revision']);
  expect(found('rs')).toContain('Restore revision');
  expect(found('sens')).toEqual(['Go to Remote sensing']);
  expect(found('xyz')).toEqual([]);
});

it.each(['renmae', 'renane', 'renamme', 'rname'])('forgives one slip in a word: %s', (typed) => {
  expect(found(typed)[0]).toBe('Rename');
});

it('forgives a slip in each of several words, and keeps what fits exactly before it', () => {
  expect(found('revison restor')).toEqual(['Restore revision']);
  expect(found('share')[0]).toBe('Share');
});

it.each(['"', '-', '((', '\\', '[a', '-rename', '?!', 'a b c d e f g h i j', 'ß', '日本'])('takes any text: %s', (typed) => {
  expect(() => fitting(commands, typed)).not.toThrow();
});

it('offers some for what was typed alone', () => {
  const close: Found = { id: 'close', label: 'Close Instruments', whenTyped: true, run: () => undefined };
  expect(fitting([close, ...commands], '')).toEqual(commands);
  expect(fitting([close, ...commands], 'close')).toEqual([close]);
});

it('reads letters with marks as those without', () => {
  expect(found('preferee')).toEqual(['Ouvrir la mise en page préférée']);
});
