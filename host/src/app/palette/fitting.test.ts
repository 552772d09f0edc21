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

it('reads letters with marks as those without', () => {
  expect(found('preferee')).toEqual(['Ouvrir la mise en page préférée']);
});
