import { expect, it } from 'vitest';
import { filtersIn, noFilters, queryOf, searchOf } from './audit-calls';

it('an address has the filters, and nothing of those that are empty', () => {
  const filters = { ...noFilters, actor: 'user:alex', subject: 'department:sales & more' };
  expect(filtersIn(searchOf(filters))).toEqual(filters);
  expect(searchOf({ ...noFilters, action: '  ' })).toBe('');
  expect(filtersIn('')).toEqual(noFilters);
});

it('a question has whole instants, and persons by their ids', () => {
  const from = '2026-11-27T10:30';
  expect(queryOf({ ...noFilters, actor: ' alex ', from, to: 'soon' })).toEqual({ actor: 'user:alex', from: new Date(from).toISOString() });
  expect(queryOf({ ...noFilters, actor: 'token:1' })).toEqual({ actor: 'token:1' });
  expect(queryOf(noFilters)).toEqual({});
});
