import { describe, expect, it } from 'vitest';
import { chosenColumns, columnsOf, matches, nextSort, parseSort, textOf, toggleColumn } from './column-model';
import type { SourceColumn } from './source';

const source: SourceColumn[] = [
  { id: 'symbol', title: 'Symbol', type: 'text' },
  { id: 'name', title: 'Name', type: 'text' },
  { id: 'last', title: 'Last', type: 'number', unit: 'USD' },
  { id: 'change', title: 'Change', type: 'number' },
  { id: 'percent', title: '%', type: 'percent' },
  { id: 'spark', title: '24 months', type: 'spark' },
];
const rows = [
  { symbol: 'AAPL', name: 'Apple', last: 223.02, change: 1.84, percent: 0.83, spark: [1, 2] },
  { symbol: 'AMZN', name: 'Amazon', last: 128.82, change: -0.61, percent: -0.47, spark: [2, 1] },
];
const columns = columnsOf(source, rows);
const column = (id: string) => {
  const found = columns.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('choosing columns', () => {
  it('shows all of them until somebody chooses, and ignores ids that are gone', () => {
    expect(chosenColumns(columns, []).map(({ id }) => id)).toEqual(source.map(({ id }) => id));
    expect(chosenColumns(columns, ['percent', 'gone', 'symbol']).map(({ id }) => id)).toEqual(['percent', 'symbol']);
    expect(chosenColumns(columns, ['gone'])).toHaveLength(source.length);
  });

  it('puts a column back where the source has it, and keeps an order of one’s own', () => {
    const without = toggleColumn(columns, [], 'name');
    expect(without).not.toContain('name');
    expect(toggleColumn(columns, without, 'name')).toEqual(source.map(({ id }) => id));
    expect(toggleColumn(columns, ['percent', 'symbol'], 'last')).toEqual(['last', 'percent', 'symbol']);
  });

  it('never leaves a table without columns', () => {
    expect(toggleColumn(columns, ['name'], 'name')).toEqual(['name']);
  });
});

describe('cells', () => {
  it('have a sign where a figure says better or worse, and only there', () => {
    expect(textOf(column('change'), 1.84)).toBe('+1.84');
    expect(textOf(column('percent'), -0.47)).toBe('−0.47%');
    expect(textOf(column('last'), 128.82)).toBe('128.82');
    expect(textOf(column('name'), null)).toBe('');
  });

  it('of whole numbers have no decimals', () => {
    const [flights] = columnsOf([{ id: 'flights', title: 'Flights', type: 'number' }], [{ flights: 1200 }]);
    expect(flights && textOf(flights, 1200)).toMatch(/^1.?200$/);
  });
});

describe('sorting', () => {
  it('cycles through both directions and back; figures begin with the largest', () => {
    expect(nextSort('', column('name'))).toBe('name');
    expect(nextSort('name', column('name'))).toBe('-name');
    expect(nextSort('-name', column('name'))).toBe('');
    expect(nextSort('name', column('last'))).toBe('-last');
    expect(nextSort('-last', column('last'))).toBe('last');
  });

  it('reads what it wrote', () => {
    expect(parseSort('-last')).toEqual({ id: 'last', desc: true });
    expect(parseSort('')).toBeNull();
  });
});

describe('filtering', () => {
  it('finds every word in any visible column', () => {
    const found = (filter: string) => rows.filter((row) => matches(row, columns, filter)).map((row) => row.symbol);
    expect(found('')).toEqual(['AAPL', 'AMZN']);
    expect(found('ama AMZN')).toEqual(['AMZN']);
    expect(found('apple 128')).toEqual([]);
  });
});
