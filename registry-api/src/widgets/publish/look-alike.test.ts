import { expect, it } from 'vitest';
import { looksLike } from './look-alike';

it.each([
  ['series-chart', 'series-charts'],
  ['series-chart', 'serie-chart'],
  ['series-chart', 'serieschart'],
  ['series-chart', 'series--chart'],
  ['series-chart', 'series-chart-'],
  ['series-chart', 'seriescharts'],
  ['series-chart', 'sereis-chart'],
  ['series-chart', 'series-chatr'],
  ['series-chart', 'zeries-chart'],
  ['data-table', 'data-tab1e'],
  ['notes', 'n0te5'],
  ['alarm-list', 'alarrn-1ist'],
  ['wind-map', 'vvind-rnap'],
  ['clock', 'dock'],
  ['order-book', 'orders-books'],
  ['usage', 'sage'],
])('%s and %s look alike', (one, other) => {
  expect([looksLike(one, other), looksLike(other, one)]).toEqual([true, true]);
});

it.each([
  ['series-chart', 'series-chart'],
  ['series-chart', 'pie-chart'],
  ['series-chart', 'series-table'],
  ['notes', 'news'],
  ['date-range', 'data-table'],
  ['usage', 'user'],
  ['map', 'maps-of-wind'],
  ['abcd', 'badc'],
  ['order-book', 'book-order'],
])('%s and %s do not', (one, other) => {
  expect([looksLike(one, other), looksLike(other, one)]).toEqual([false, false]);
});
