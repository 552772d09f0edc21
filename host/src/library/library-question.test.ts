import { expect, it } from 'vitest';
import { addressOf, type LibraryQuestion, questionIn } from './library-question';

const searchOf = (question: LibraryQuestion): string => new URL(addressOf(question), 'http://dashboard.example').search;

it.each<LibraryQuestion>([
  { scope: 'all', q: '' },
  { scope: 'bin', q: '' },
  { scope: 'mine', q: 'übersicht & mehr? #1' },
])('comes back from its address: $scope $q', (question) => {
  expect(questionIn(searchOf(question))).toEqual(question);
});

it('is all layouts at the plain address, and at one that means nothing', () => {
  expect(addressOf({ scope: 'all', q: '  ' })).toBe('/layouts');
  expect(questionIn('?scope=theirs')).toEqual({ scope: 'all', q: '' });
  expect(questionIn(`?q=${'a'.repeat(500)}`).q).toHaveLength(120);
});
