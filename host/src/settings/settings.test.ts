import type { RJSFSchema } from '@rjsf/utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { mistakesIn, pageSchema } from '../schema/linear-validation';
import { interpretingValidator } from './interpreting-validator';
import { patchOf, uiSchemaOf, withDefaults } from './settings-patch';

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
  // What may be checked is counted for each turn of the page.
  beforeEach(() => new Promise<void>((turn) => setTimeout(turn)));

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

  it.each(['^(a+)+$', '^(a|aa)+$', '^(a?){30}a{30}$'])('does not hang while somebody types what %s never ends on', (pattern) => {
    const { errors } = interpretingValidator<Record<string, unknown>, object>().validateFormData(
      { code: `${'a'.repeat(40)}!` },
      { type: 'object', properties: { code: { type: 'string', pattern } } },
    );
    expect(errors.map(({ property, message }) => [property, message])).toEqual([['.code', 'This does not have the expected form.']]);
  });

  it('says what is wrong in the words of whoever fills it in', () => {
    const typed = {
      type: 'object',
      properties: { text: { type: 'string' }, whole: { type: 'integer' }, list: { items: { type: 'string' } } },
    };
    const { errors } = interpretingValidator<Record<string, unknown>, object>().validateFormData(
      { text: 1, whole: 1.5, list: [null] },
      typed as RJSFSchema,
    );
    expect(errors.map(({ property, message }) => [property, message])).toEqual([
      ['.text', 'This must be a text.'],
      ['.whole', 'This must be a whole number.'],
      ['.list.0', 'This is needed.'],
    ]);
  });

  it('holds names to patterns as well, each property to its own schema', () => {
    const named = { type: 'object', patternProperties: { '^(x+)+$': { type: 'number' } }, additionalProperties: false };
    expect(mistakesIn(named, { xx: 1 })).toEqual([]);
    expect(mistakesIn(named, { xx: 'a' }).map(({ instanceLocation }) => instanceLocation)).toContain('#/xx');
    expect(mistakesIn(named, { [`${'x'.repeat(40)}!`]: 1 })).not.toEqual([]);
  });

  it('says so when there is too much to check', () => {
    const { errors } = interpretingValidator<Record<string, unknown>, object>().validateFormData(
      { list: Array.from({ length: 20_000 }, (_, i) => i) },
      { type: 'object', properties: { list: { type: 'array', uniqueItems: true } } },
    );
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('too much to check')]);
  });

  it('shows a version that was published with a pattern nobody can run, without that pattern', () => {
    const old = { type: 'object', properties: { code: { type: 'string', title: 'Code', pattern: '^(?=(a+)+$).*$' } } };
    expect(pageSchema(old)).toEqual({ type: 'object', properties: { code: { type: 'string', title: 'Code' } } });
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
