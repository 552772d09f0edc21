import type { WidgetManifest } from '@datamesh/contracts';
import { describe, expect, it } from 'vitest';
import { attributesOf, effectiveSettings, sameSettings } from './settings';
import { checkSettings } from './settings-check';

const manifest: WidgetManifest = {
  name: 'a-table',
  title: 'Table',
  description: 'A table',
  publisher: 'team',
  expose: './widget',
  settings: {
    type: 'object',
    additionalProperties: false,
    properties: {
      symbol: { type: 'string', default: 'AAPL' },
      rows: { type: 'integer', default: 10, minimum: 1 },
      dense: { type: 'boolean', default: false },
      axis: { type: 'object', properties: { log: { type: 'boolean', default: true } } },
      text: { type: 'string' },
    },
  },
};

describe('settings', () => {
  it("start from the schema's defaults, then the layout's, then the viewer's own", () => {
    expect(effectiveSettings(manifest, { rows: 20, symbol: 'IBM' }, { symbol: 'MSFT' })).toEqual({
      symbol: 'MSFT',
      rows: 20,
      dense: false,
      axis: { log: true },
    });
  });

  it('are frozen all the way down, without freezing what they came from', () => {
    const mine = { axis: { log: false } };
    const settings = effectiveSettings(manifest, mine);
    expect(Object.isFrozen(settings['axis'])).toBe(true);
    expect(Object.isFrozen(mine.axis)).toBe(false);
  });

  it('become attributes where they are primitive and their name is harmless', () => {
    const attributes = attributesOf({ symbol: 'A', rows: 3, dense: true, wide: false, axis: {}, onclick: 'x', style: 'y', none: null });
    expect([...attributes]).toEqual([
      ['symbol', 'A'],
      ['rows', '3'],
      ['dense', ''],
    ]);
  });

  it('are the same whatever the order of their keys', () => {
    expect(sameSettings({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 })).toBe(true);
    expect(sameSettings({ a: 1 }, { a: 2 })).toBe(false);
  });

  it.each([
    [{ rows: 0 }, '/rows'],
    [{ symbol: 7 }, '/symbol'],
  ])('refuse %j of a widget, with the failing path', (patch, path) => {
    expect(() => checkSettings(manifest, {}, patch)).toThrowError(expect.objectContaining({ code: 'settings_invalid', path }));
  });

  it('refuse a setting that the schema does not know, and accept what it allows', () => {
    expect(() => checkSettings(manifest, {}, { unknown: 1 })).toThrow();
    expect(() => checkSettings(manifest, { symbol: 'A' }, { rows: 5, symbol: undefined })).not.toThrow();
  });
});
