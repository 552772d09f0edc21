import { expect, it } from 'vitest';
import { placeName, titleApart } from './place-name';

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

it('tells panels of one title apart by their number', () => {
  const panels = ['Notes', 'Orders', 'Notes'].map((title, at) => ({ id: `p${at}`, title }));
  expect(['p0', 'p1', 'p2', 'gone'].map((panel) => titleApart(panels, panel))).toEqual([
    'Notes (1 of 2)',
    'Orders',
    'Notes (2 of 2)',
    undefined,
  ]);
});
