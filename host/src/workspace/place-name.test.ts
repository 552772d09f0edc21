import { expect, it } from 'vitest';
import { placeName } from './place-name';

const titles = new Map([
  ['a', 'Orders'],
  ['b', 'Prices'],
]);
const name = (place: Parameters<typeof placeName>[0]): string | undefined => placeName(place, (panel) => titles.get(panel));

it('says where a widget goes by what stands there', () => {
  expect(name({ into: 'a' })).toBe('As a tab to Orders');
  expect(name({ between: ['a', 'b'] })).toBe('Between Orders and Prices');
  expect(name({ beside: 'b', side: 'top' })).toBe('Above Prices');
  expect(name({ edge: 'left' })).toBe('Along the left edge');
});

it('has no name for a place whose panel is gone', () => {
  expect(name({ into: 'gone' })).toBeUndefined();
  expect(name({ between: ['a', 'gone'] })).toBeUndefined();
});
