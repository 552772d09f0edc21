import { expect, it } from 'vitest';
import type { LibraryQuestion } from './library-calls';
import { addressOf, canSort, questionIn } from './library-question';

const searchOf = (question: LibraryQuestion): string => new URL(addressOf(question), 'http://dashboard.example').search;

it.each<LibraryQuestion>([
  { scope: 'all', q: '', sort: 'changed' },
  { scope: 'all', q: '', sort: 'title' },
  { scope: 'bin', q: '', sort: 'changed' },
  { scope: 'mine', q: 'übersicht & mehr? #1', sort: 'title' },
])('comes back from its address: $scope $q $sort', (question) => {
  expect(questionIn(searchOf(question))).toEqual(question);
});

it('is all layouts at the plain address, and at one that means nothing', () => {
  expect(addressOf({ scope: 'all', q: '  ', sort: 'changed' })).toBe('/layouts');
  expect(questionIn('?scope=theirs&sort=owner')).toEqual({ scope: 'all', q: '', sort: 'changed' });
  expect(questionIn(`?q=${'a'.repeat(500)}`).q).toHaveLength(120);
});

it('can sort what has no order of its own', () => {
  expect((['all', 'starred', 'mine', 'recent', 'bin'] as const).filter(canSort)).toEqual(['all', 'starred', 'mine']);
});
