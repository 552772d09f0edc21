import { expect, it } from 'vitest';
import { copyTitle, isUntitled, untitled } from './titles';

it('numbers new layouts, so that two can be told apart', () => {
  expect(untitled([])).toBe('Untitled layout');
  expect(untitled(['Untitled layout', 'Untitled layout 3'])).toBe('Untitled layout 2');
  for (const title of [untitled([]), untitled(['Untitled layout'])]) expect(isUntitled(title)).toBe(true);
  expect(isUntitled('Untitled layout of mine')).toBe(false);
});

it('names a copy after what it is a copy of, within what a title may be', () => {
  expect(copyTitle('Morning', [])).toBe('Morning (my copy)');
  expect(copyTitle('Morning', ['Morning (my copy)'])).toBe('Morning (my copy) 2');
  expect(copyTitle('Morning (my copy)', [])).toBe('Morning (my copy)');
  const long = copyTitle('x'.repeat(120), [copyTitle('x'.repeat(120), [])]);
  expect([long.length, long.endsWith(' 2')]).toEqual([120, true]);
});
