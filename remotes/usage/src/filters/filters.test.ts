import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canFilter, contextOfFilters, type Filter, filtersOf, isOn, readFilters, sameFilters, toggle } from './filters';

const filters = fc
  .array(
    fc.record({
      dimension: fc.constantFrom<Filter['dimension']>('path', 'widget', 'browser', 'country', 'props.plan'),
      value: fc.string({ minLength: 1, maxLength: 40 }),
    }),
  )
  .map((all) => all.filter(({ dimension }, index) => all.findIndex((other) => other.dimension === dimension) === index));
const one = fc.record({ dimension: fc.constantFrom<Filter['dimension']>('path', 'os'), value: fc.string({ minLength: 1, maxLength: 40 }) });

describe('filters', () => {
  it('chosen twice are as before, but for another value that gave way', () => {
    fc.assert(
      fc.property(filters, one, (before, filter) => {
        const on = toggle(before, filter);
        if (isOn(before, filter)) expect(isOn(on, filter)).toBe(false);
        else {
          expect(isOn(on, filter)).toBe(true);
          expect(on.filter(({ dimension }) => dimension === filter.dimension)).toHaveLength(1);
          expect(toggle(on, filter)).toEqual(before.filter(({ dimension }) => dimension !== filter.dimension));
        }
      }),
    );
  });

  it('arrive at another widget as they were sent, and only for the same site', () => {
    fc.assert(
      fc.property(filters, (sent) => {
        const context = contextOfFilters('shop', sent);
        expect(readFilters(context, 'shop')).toEqual(sent);
        expect(readFilters(context, 'dashboard')).toBeNull();
      }),
    );
  });

  it('are taken as a whole or not at all', () => {
    const good = { dimension: 'path', value: '/' };
    for (const bad of [
      { dimension: 'constructor', value: 'x' },
      { dimension: 'path' },
      null,
      { dimension: 'path', value: '' },
      { dimension: 'props.a b', value: 'x' },
      { dimension: 'os', value: 'x'.repeat(600) },
    ]) {
      expect(filtersOf([good, bad]), JSON.stringify(bad)).toBeNull();
    }
    expect(filtersOf([good, { dimension: 'path', value: '/b' }])).toBeNull();
    expect(filtersOf('path:/')).toBeNull();
    expect(filtersOf([])).toEqual([]);
  });

  it('are not chosen where the tracker would refuse them for their length', () => {
    const before: Filter[] = [{ dimension: 'path', value: '/' }];
    const longest: Filter = { dimension: 'path', value: 'x'.repeat(495) };
    const longer: Filter = { dimension: 'path', value: 'x'.repeat(496) };
    expect([canFilter(longest), canFilter(longer)]).toEqual([true, false]);
    expect(toggle(before, longest)).toEqual([longest]);
    expect(toggle(before, longer)).toEqual(before);
  });

  it('are the same in any order', () => {
    const [a, b]: Filter[] = [
      { dimension: 'path', value: '/' },
      { dimension: 'os', value: 'Linux' },
    ] as const as unknown as Filter[];
    if (!a || !b) throw new Error('two are made');
    expect(sameFilters([a, b], [b, a])).toBe(true);
    expect(sameFilters([a], [a, b])).toBe(false);
  });
});
