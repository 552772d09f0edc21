import type { RJSFSchema } from '@rjsf/utils';
import { describe, expect, it } from 'vitest';
import { interpretingValidator } from './interpretingValidator';
import { patchOf, uiSchemaOf, withDefaults } from './settingsPatch';

const schema: RJSFSchema = {
  type: 'object',
  required: ['symbol'],
  properties: {
    symbol: { type: 'string', minLength: 2 },
    period: { type: 'string', enum: ['day', 'year'], default: 'day' },
    points: { type: 'array', items: { type: 'number' }, default: [1, 2] },
    text: { type: 'string', maxLength: 20_000 },
  },
};

describe('settings', () => {
  it('fills in defaults around what is set', () => {
    expect(withDefaults(schema, { symbol: 'IBM' })).toEqual({ symbol: 'IBM', period: 'day', points: [1, 2] });
  });

  it('keeps only what differs from the default, and lets go of what no longer does', () => {
    const before = { symbol: 'IBM', period: 'year' };
    expect(patchOf(schema, before, { symbol: 'MSFT', period: 'day', points: [1, 2] })).toEqual({ symbol: 'MSFT', period: undefined });
    expect(patchOf(schema, before, { symbol: 'IBM', period: 'year', points: [1, 2] })).toEqual({});
  });

  it('gives long texts a wide field', () => {
    expect(uiSchemaOf(schema)).toEqual({ text: { 'ui:widget': 'textarea' } });
  });

  it('puts each error at its field, a missing one included', () => {
    const { errors } = interpretingValidator<Record<string, unknown>, object>().validateFormData(
      { period: 'week', points: [1, 'x'] },
      schema,
    );
    expect(errors.map(({ property, name }) => [property, name])).toEqual(
      expect.arrayContaining([
        ['.symbol', 'required'],
        ['.period', 'enum'],
        ['.points.1', 'type'],
      ]),
    );
  });
});
