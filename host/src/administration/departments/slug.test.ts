import { expect, it } from 'vitest';
import { isSlug, slugOf } from './slug';

it.each([
  ['Sales', 'sales'],
  ['Größe & Gewicht', 'grosse-gewicht'],
  ['  3rd floor – Café  ', 'rd-floor-cafe'],
  ['王', ''],
  [`${'x'.repeat(49)} y`, 'x'.repeat(49)],
])('a department called %o may be %o', (title, slug) => {
  expect(slugOf(title)).toBe(slug);
  expect(isSlug(slug)).toBe(slug !== '');
});
