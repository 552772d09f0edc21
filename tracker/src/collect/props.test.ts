import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propsOf } from './props';

const propsText = (value: unknown): string | null => propsOf(value).text;

describe('props', () => {
  it('are kept as text, numbers and booleans too', () => {
    expect(propsText({ plan: 'pro', seats: 5, share: 0.5, big: 1e21, zero: -0, trial: false, 'utm-x_1': 'y' })).toBe(
      '{"plan":"pro","seats":"5","share":"0.5","big":"1e+21","zero":"0","trial":"false","utm-x_1":"y"}',
    );
    expect(propsText('{"plan":"O\'Hara & \\"Söhne\\""}')).toBe('{"plan":"O\'Hara & \\"Söhne\\""}');
  });

  it('leave out what is null or empty, and are nothing when nothing is left', () => {
    expect(propsText({ plan: null, a: '', b: '\u0000', c: 'x' })).toBe('{"c":"x"}');
    for (const none of [undefined, null, '', {}, '{}', { plan: null }, { a: '' }]) expect(propsText(none)).toBeNull();
  });

  it.each([
    ['a list', [1], null],
    ['text', 'x', null],
    ['a number', 5, null],
    ['no JSON', '{"plan":', null],
    ['an object inside', { plan: { name: 'pro' }, n: 1 }, '{"n":"1"}'],
    ['a list inside', { plans: [], n: 1 }, '{"n":"1"}'],
    ['a number no JSON holds', '{"n":1e999,"m":1}', '{"m":"1"}'],
    ['an empty key', { '': 'x' }, null],
    ['a key with a dot', { 'a.b': 'x', n: 1 }, '{"n":"1"}'],
    ['a key that begins with a digit', { '1a': 'x' }, null],
    ['a key with a quote', { 'a"b': 'x' }, null],
    ['a key of 61 characters', { ['k'.repeat(61)]: 'x', n: 1 }, '{"n":"1"}'],
    ['a text of 2001 characters', { k: 'x'.repeat(2001), n: 1 }, `{"k":"${'x'.repeat(2000)}","n":"1"}`],
  ])('lose of %s what cannot be kept, and say so', (_, value, text) => {
    expect(propsOf(value)).toEqual({ text, lost: true });
  });

  it('of too many or too long keep the first, and what there is room for', () => {
    const many = propsOf(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, 'x'])));
    expect([Object.keys(JSON.parse(many.text ?? '') as object).length, many.lost]).toEqual([30, true]);
    const long = propsOf({ ...Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`k${index}`, 'x'.repeat(2000)])), n: 1 });
    expect([Object.keys(JSON.parse(long.text ?? '') as object), long.lost]).toEqual([['k0', 'k1', 'k2', 'k3', 'n'], true]);
    expect(long.text?.length).toBeLessThanOrEqual(8192);
  });

  it('hold what is just allowed', () => {
    expect(propsOf({ ['k'.repeat(60)]: 'x' }).lost).toBe(false);
    expect(propsOf(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, 'x']))).lost).toBe(false);
    expect(propsOf({ k: 'x'.repeat(2000) }).lost).toBe(false);
  });

  it('take a key that JavaScript has a meaning for like any other', () => {
    expect(propsText('{"__proto__":"x","constructor":"y"}')).toBe('{"__proto__":"x","constructor":"y"}');
  });

  it('are JSON of texts whatever comes, without half characters', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.constant('\ud800'));
    const key = fc.oneof(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(fc.dictionary(key, value), (props) => {
        const text = propsText(props);
        if (text === null) return;
        expect(text.length).toBeLessThanOrEqual(8192);
        const entries = Object.entries(JSON.parse(text) as object);
        expect(entries.length).toBeGreaterThan(0);
        for (const [name, inner] of entries) {
          expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_-]{0,59}$/);
          expect(inner).toMatch(/^.+$/s);
        }
        expect(text).not.toMatch(/\\u00[01]/i);
        expect(text).not.toMatch(/\p{Surrogate}/u);
      }),
      { numRuns: 1000 },
    );
  });
});
