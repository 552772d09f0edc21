import { expect, it } from 'vitest';
import { heightOnPaper } from './paper';

it('gives a panel on paper about what it has on a screen, and never so little or so much that it cannot be read', () => {
  expect(heightOnPaper(340)).toBe(308);
  expect(heightOnPaper(40)).toBe(72);
  expect(heightOnPaper(800)).toBe(460);
});
