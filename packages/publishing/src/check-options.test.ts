import type { WidgetManifest } from '@datamesh/contracts';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { describe, expect, it } from 'vitest';
import { checkOptions } from './check-options';

const widget = (properties: Record<string, unknown>, beside: Record<string, unknown> = {}) =>
  ({
    name: 'table',
    title: 'Table',
    description: 'A table.',
    publisher: 'team',
    expose: './widget',
    settings: { type: 'object', properties, ...beside },
  }) as WidgetManifest;
const source = { type: 'string', 'x-options': { from: 'tables' } };
const column = { type: 'string', 'x-options': { from: 'columns', of: 'source' } };

describe('x-options', () => {
  it('says where choices come from, at a setting or at the items of one', () => {
    const fine = widget({
      source,
      column,
      columns: { type: 'array', items: column },
      sort: { type: 'string', 'x-options': { from: 'orders', of: 'source' }, default: '' },
      site: { type: 'string', 'x-options': { from: 'sites' } },
      any: true,
      free: { type: 'array', default: [{ 'x-options': 'a value may be called so' }] },
    });
    expect(checkWidgetManifest(fine)).toEqual([]);
    expect(() => checkOptions(fine)).not.toThrow();
  });

  it.each([
    ['an unknown list', { from: 'https://evil.example/list' }],
    ['no list', {}],
    ['another type', 'sites'],
    ['a path', { from: 'columns', of: '../source' }],
    ['a name that is every object’s', { from: 'columns', of: '__proto__' }],
    ['an unknown key', { from: 'sites', url: 'https://evil.example' }],
  ])('is refused with %s, by registry and CLI alike', (_, options) => {
    expect(checkWidgetManifest(widget({ a: { type: 'string', 'x-options': options } }))).not.toEqual([]);
    expect(checkWidgetManifest(widget({ a: { type: 'array', items: { type: 'string', 'x-options': options } } }))).not.toEqual([]);
  });

  it.each<[string, WidgetManifest]>([
    ['columns of no table', widget({ column: { type: 'string', 'x-options': { from: 'columns' } } })],
    ['columns of an unknown setting', widget({ column })],
    ['columns of a setting that is no path', widget({ source: { type: 'array' }, column })],
    ['columns of every object’s property', widget({ column: { type: 'string', 'x-options': { from: 'columns', of: 'constructor' } } })],
    ['columns of itself', widget({ source: { type: 'string', 'x-options': { from: 'columns', of: 'source' } } })],
    ['a table for what needs none', widget({ source, site: { type: 'string', 'x-options': { from: 'sites', of: 'source' } } })],
    ['a number', widget({ a: { type: 'number', 'x-options': { from: 'sites' } } })],
    ['an array itself', widget({ a: { type: 'array', 'x-options': { from: 'sites' } } })],
    ['a nested object', widget({ a: { type: 'object', properties: { b: { type: 'string', 'x-options': { from: 'sites' } } } } })],
    ['a condition', widget({}, { allOf: [{ properties: { b: { type: 'string', 'x-options': { from: 'sites' } } } }] })],
  ])('is refused for %s', (_, manifest) => {
    expect(() => checkOptions(manifest)).toThrow(/settings_invalid/);
  });
});
