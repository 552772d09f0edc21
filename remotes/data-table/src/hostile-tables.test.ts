/** Whatever a data source answers is a table or a refusal, and whatever a table holds can be drawn, sorted and filtered. */
import { DataError } from '@datamesh/widget-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenColumns, columnsOf, compareCells, isMissing, matches, sparkOf, textOf, toggleColumn } from './column-model';
import { rowIds } from './row-keys';
import { asTable, cellOf, type TableSource } from './source';

const read = (answer: unknown): TableSource | null => {
  try {
    return asTable(answer, 'x/y.json');
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
};
/** All that is done with a table before and while it is drawn. */
function use({ columns, rows }: TableSource): void {
  const all = columnsOf(columns, rows);
  for (const column of all)
    for (const row of rows) {
      textOf(column, cellOf(row, column.id));
      isMissing(cellOf(row, column.id));
      if (rows[0]) compareCells(cellOf(rows[0], column.id), cellOf(row, column.id));
    }
  rows.filter((row) => matches(row, all, 'a 1'));
  const ids = rowIds(rows, columns[0]?.id ?? '');
  expect(new Set(ids).size).toBe(rows.length);
}

/** As JSON brings it, with names that objects have of their own. */
const name = fc.constantFrom('a', 'b', 'toString', 'constructor', '__proto__', 'valueOf', '');
const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>({ toString: 1, valueOf: 2 }, [[]], 1e308, '', '\ud800'));
const column = fc.record({
  id: name,
  title: fc.string(),
  type: fc.constantFrom('text', 'number', 'percent', 'spark', 'of-nobody'),
  unit: fc.string(),
});

describe('a source', () => {
  it('that answers anything at all is a table or a refusal', () => {
    fc.assert(fc.property(fc.jsonValue(), (answer) => void read(answer)));
    for (const rows of [[null], [1], ['x'], [[]], [{}, null]]) expect(read({ columns: [], rows })).toBeNull();
  });

  it('of any rows and columns can be drawn, sorted and filtered', () => {
    const table = fc.record({ columns: fc.array(column), rows: fc.array(fc.dictionary(name, value, { noNullPrototype: true })) });
    fc.assert(
      fc.property(table, (answer) => {
        const found = read(JSON.parse(JSON.stringify(answer)));
        expect(found).not.toBeNull();
        if (found) use(found);
      }),
    );
  });

  it('with a column twice, and thousands of them, has each once, shows the first ones, and any that is chosen', () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => ({ id: `c${index >> 1}`, title: `Column ${index}`, type: 'text' }));
    const { columns: kept } = asTable({ columns, rows: [{ c0: 1 }] }, 'x');
    expect(kept).toHaveLength(5_000);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(5_000);
    expect(kept[0]?.title).toBe('Column 0');
    expect(chosenColumns(kept, [])).toEqual(kept.slice(0, 200));
    expect(chosenColumns(kept, ['c4999', 'c3']).map(({ id }) => id)).toEqual(['c4999', 'c3']);
    expect(toggleColumn(kept, ['c4999', 'c3'], 'c100')).toEqual(['c100', 'c4999', 'c3']);
    expect(toggleColumn(kept, [], 'c4999')).toHaveLength(200);
  });
});

it('what every object has of its own is in no cell', () => {
  expect([cellOf({}, 'toString'), cellOf({}, 'constructor'), cellOf(JSON.parse('{"__proto__":"x"}'), '__proto__')]).toEqual([
    undefined,
    undefined,
    'x',
  ]);
});

it('rows with one identifier, or none, are rows of their own', () => {
  expect(rowIds([{ id: 'A' }, { id: 'A' }, {}, { id: null }, { id: { toString: 1 } }, { id: 2 }], 'id')).toEqual([
    'A',
    'A\x001',
    '2',
    '3',
    '4',
    '2\x005',
  ]);
});

it('a small line has as many points as can be seen, and no others than figures', () => {
  const long = sparkOf(Array.from({ length: 200_001 }, (_, index) => index));
  expect(long.length).toBeLessThan(300);
  expect([long[0], long.at(-1)]).toEqual([0, 200_000]);
  expect(sparkOf([1, 'x', null, Number.NaN, 2])).toEqual([1, 2]);
});
