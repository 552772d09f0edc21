import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propsText } from './props';

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
    ['a list', [1]],
    ['text', 'x'],
    ['a number', 5],
    ['no JSON', '{"plan":'],
    ['an object inside', { plan: { name: 'pro' } }],
    ['a list inside', { plans: [] }],
    ['a number no JSON holds', '{"n":1e999}'],
    ['an empty key', { '': 'x' }],
    ['a key with a dot', { 'a.b': 'x' }],
    ['a key that begins with a digit', { '1a': 'x' }],
    ['a key with a quote', { 'a"b': 'x' }],
    ['a key that is refused even without a value', { 'a b': null }],
    ['a key of 61 characters', { ['k'.repeat(61)]: 'x' }],
    ['31 keys', Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`k${index}`, 'x']))],
    ['8193 characters', { k: 'x'.repeat(8193 - '{"k":""}'.length) }],
  ])('%s breaks a rule', (_, value) => {
    expect(propsText(value)).toBeUndefined();
  });

  it('hold what is just allowed', () => {
    expect(propsText({ ['k'.repeat(60)]: 'x' })).not.toBeUndefined();
    expect(propsText(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, 'x'])))).not.toBeUndefined();
    expect(propsText({ k: 'x'.repeat(8192 - '{"k":""}'.length) })).toHaveLength(8192);
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
        if (text === null || text === undefined) return;
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
