import { describe, expect, it } from 'vitest';
import { Budget, foresee, linearPattern, schemaMistake, TooMuchToCheck, usableSchema } from './index';

const object = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ type: 'object', properties, ...more });

describe('patterns of settings', () => {
  it.each(['^(a+)+$', '^(a|a)*$', '^(a?){25}a{25}$', '(.*)(.*)(.*)(.*)(.*)=$', '^([a-z]+.)+[A-Z]([a-z])+$', '\\s+$'])(
    'matches %s in a time that grows with the text',
    (source) => {
      const pattern = linearPattern(source);
      // Half a minute to longer than the universe, for an engine that goes back.
      expect(pattern.test(`${'a'.repeat(50_000)}!`)).toBe(false);
    },
  );

  it.each([
    ['^[a-z][a-z0-9-]{0,49}$', 'series-chart', 'Series'],
    ['^#[0-9a-f]{6}$', '#00ff00', '#00ff0'],
    ['^([a-z_]+|props\\.[A-Za-z_][A-Za-z0-9_-]{0,59}):.+$', 'props.x:1', 'x'],
    ['^\\p{L}+$', 'Zürich', 'Zürich 1'],
    ['^\\u0041$', 'A', 'B'],
    ['b', 'abc', 'acc'],
  ])('means by %s what JSON Schema means', (source, matching, other) => {
    expect([linearPattern(source).test(matching), linearPattern(source).test(other)]).toEqual([true, false]);
  });
});

describe('a settings schema', () => {
  it('may be as people write them', () => {
    const schema = object(
      {
        size: { $ref: '#/$defs/size' },
        other: { $ref: '#/$defs/size' },
        list: { type: 'array', items: { oneOf: [{ const: 1 }, { const: 2 }] } },
      },
      { $defs: { size: { type: 'integer', minimum: 1 } }, patternProperties: { '^x-': true } },
    );
    expect(schemaMistake(schema)).toBeNull();
    expect(usableSchema(schema)).toBe(schema);
  });

  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`d${i}`, { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] }]),
  );
  it.each([
    ['a look-ahead', object({ a: { pattern: '^(?=.*x).+$' } }), 'the pattern'],
    ['a reference to a group', object({ a: { pattern: '^(a+)\\1$' } }), 'the pattern'],
    ['a pattern that is none', object({ a: { pattern: '(' } }), 'the pattern'],
    ['a pattern that repeats without measure', object({ a: { pattern: '((a{0,100}){0,100}){0,100}' } }), 'the pattern'],
    ['a pattern of a kilobyte', object({ a: { pattern: 'a'.repeat(1001) } }), 'the pattern'],
    ['a bad pattern for names', object({}, { patternProperties: { '(?!a)': {} } }), 'the pattern'],
    ['a bad pattern that nothing refers to', object({}, { $defs: { a: { pattern: '(?!a)' } } }), 'the pattern'],
    ['a bad pattern deep inside', object({ a: { items: { anyOf: [{ not: { pattern: '(?<=a)b' } }] } } }), 'the pattern'],
    ['a circle', object({ a: { $ref: '#/properties/a' } }), 'refer to itself'],
    ['a circle through the whole', object({ a: { items: { $ref: '#' } } }), 'refer to itself'],
    ['a circle of two', object({ a: { $ref: '#/$defs/a' } }, { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }), 'itself'],
    ['a doubling forty times over', object({ a: { $ref: '#/$defs/d0' } }, { $defs: { ...doubling, d40: {} } }), 'more than 2000 parts'],
    ['a list of thousands', object({ a: { enum: Array.from({ length: 2001 }, (_, i) => i) } }), 'more than 2000 parts'],
    ['a reference to elsewhere', object({ a: { $ref: 'https://example.com/x' } }), 'it refers to'],
    ['a reference to nothing', object({ a: { $ref: '#/$defs/none' } }), 'it refers to'],
    ['a reference that moves', object({ a: { $dynamicRef: '#a' } }), '$dynamicRef'],
    ['an $id inside', object({ a: { $id: 'other' } }), '$id'],
  ])('may not have %s', (_what, schema, words) => {
    expect(schemaMistake(schema)).toContain(words);
  });

  it('that was published before the rules keeps its names, words and defaults, and checks nothing', () => {
    const old = object({ code: { type: 'string', title: 'Code', default: 'a', pattern: '^(?=a).*$' } }, { required: ['code'] });
    expect(usableSchema(old)).toEqual(object({ code: { type: 'string', title: 'Code', default: 'a' } }));
  });
});

describe('the work of checking', () => {
  const within = (schema: Record<string, unknown>, value: unknown) => () => foresee(schema, value, new Budget(1_000_000));

  it('is little for what people set', () => {
    const schema = object({ points: { type: 'array', items: { type: 'number' } }, text: { type: 'string', maxLength: 20_000 } });
    expect(within(schema, { points: Array.from({ length: 10_000 }, (_, i) => i), text: 'x'.repeat(20_000) })).not.toThrow();
  });

  it.each([
    ['a long text and a large pattern', object({ a: { pattern: '^(a?){300}$' } }), { a: 'a'.repeat(5000) }],
    ['a long list without repetitions', object({ a: { uniqueItems: true } }), { a: Array.from({ length: 5000 }, (_, i) => i) }],
    [
      'many branches for many items',
      object({ a: { items: { anyOf: Array.from({ length: 200 }, () => ({ const: 1 })) } } }),
      { a: Array(500).fill(0) },
    ],
    [
      'many keys for many patterns',
      object({}, { patternProperties: { '^(a?){200}$': {} } }),
      Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`aaaa${i}`, 1])),
    ],
    ['a long text of a format', object({ a: { format: 'uri' } }), { a: 'a'.repeat(10_000) }],
  ])('is too much for %s', (_what, schema, value) => {
    expect(within(schema, value)).toThrow(TooMuchToCheck);
  });
});
