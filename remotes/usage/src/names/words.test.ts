import type { LayoutTitles } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import type { Row } from '../breakdown/row';
import type { Named } from './layouts';
import { formatOne, formatRows, layoutIn } from './words';

const [MORNING, COPY, SECRET, GONE] = [1, 2, 3, 4].map((n) => `0000000${n}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
  string,
];
const named: Named = {
  layouts: new Map<string, LayoutTitles | null>([
    [
      MORNING,
      {
        id: MORNING,
        title: 'Markets morning',
        panels: { p1: { title: 'Prices', widget: 'series-chart' }, p2: { title: null, widget: 'data-table' } },
      },
    ],
    [COPY, { id: COPY, title: 'Mine', panels: { p1: { title: 'Prices', widget: 'series-chart' } } }],
    [SECRET, null],
    [GONE, null],
  ]),
};
const row = (value: string, amount: number, more: Partial<Row> = {}): Row => ({
  value,
  text: value,
  note: '',
  amount,
  visitors: 1,
  dwellMs: null,
  ...more,
});
const words = (rows: Row[]) => rows.map(({ value, text, note, amount, visitors }) => [value, text, note, amount, visitors]);

describe('layouts', () => {
  it('stand under their titles; those that one cannot see are one row, in its place, that filters nothing', () => {
    const rows = [row(MORNING, 9), row(SECRET, 5), row(COPY, 4), row(GONE, 1)];
    expect(words(formatRows(rows, named, 'dashboard', 'layout_id'))).toEqual([
      [MORNING, 'Markets morning', '', 9, 1],
      ['', '2 layouts that you cannot see', '', 6, null],
      [COPY, 'Mine', '', 4, 1],
    ]);
    expect(words(formatRows([row(SECRET, 5)], named, 'dashboard', 'layout_id'))).toEqual([['', 'A layout that you cannot see', '', 5, 1]]);
  });

  it('are named where a page is one, and other pages are what they are', () => {
    const rows = [row('/d/sales', 3), row(`/l/${MORNING}`, 2), row(`/l/${SECRET}`, 1), row('/l/elsewhere', 1)];
    expect(formatRows(rows, named, 'dashboard', 'path').map(({ text }) => text)).toEqual([
      '/d/sales',
      'Markets morning',
      '/l/elsewhere',
      'A layout that you cannot see',
    ]);
    expect(formatRows(rows, named, 'shop', 'path').map(({ text }) => text)).toEqual(rows.map(({ value }) => value));
    expect([layoutIn('dashboard', 'path', `/l/${MORNING}`), layoutIn('shop', 'layout_id', MORNING)]).toEqual([MORNING, null]);
  });
});

describe('panels', () => {
  it('stand under their titles or their widget’s, with their layout where it is one', () => {
    expect(words(formatRows([row('p1', 5), row('p2', 4), row('p9', 3)], named, 'dashboard', 'panel_id'))).toEqual([
      ['p1', 'Prices', '', 5, 1],
      ['p2', 'Data table', 'Markets morning', 4, 1],
      ['', 'A panel that you cannot see', '', 3, 1],
    ]);
  });
});

it('one value has a name of its own', () => {
  expect(formatOne(named, 'dashboard', 'layout_id', MORNING)).toBe('Markets morning');
  expect(formatOne(named, 'dashboard', 'layout_id', SECRET)).toBe('A layout that you cannot see');
  expect(formatOne({ layouts: new Map() }, 'dashboard', 'layout_id', MORNING)).toBe('A layout');
  expect(formatOne(named, 'dashboard', 'browser', 'Firefox')).toBe('Firefox');
});
