import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentIds } from './recent-ids';

describe('recent ids', () => {
  it('are known for at least half a window, never longer than one, and per site', () => {
    const operations = fc.array(fc.tuple(fc.constantFrom('shop', 'plant'), fc.integer({ min: 0, max: 40 })), { maxLength: 200 });
    fc.assert(
      fc.property(operations, fc.integer({ min: 1, max: 10 }), (added, half) => {
        const ids = new RecentIds(2 * half);
        for (const [index, [site, id]] of added.entries()) {
          ids.add(site, `${id}`);
          const known = (other: string, of: number): boolean => ids.has(other, `${of}`);
          const before = added.slice(0, index + 1);
          for (const [other, of] of before.slice(-half)) expect(known(other, of)).toBe(true);
          const distinct = new Set<string>();
          for (let at = before.length - 1; at >= 0; at--) {
            const [other, of] = before[at] ?? ['', 0];
            if (distinct.size > 2 * half && !distinct.has(`${other}/${of}`)) expect(known(other, of)).toBe(false);
            distinct.add(`${other}/${of}`);
          }
        }
      }),
    );
  });

  it('are exact', () => {
    const ids = new RecentIds();
    for (let index = 0; index < 150_000; index += 2) ids.add('shop', `id-${index}`);
    expect(ids.has('shop', 'id-149998')).toBe(true);
    for (let index = 1; index < 150_000; index += 2) expect(ids.has('shop', `id-${index}`)).toBe(false);
    expect(ids.has('plant', 'id-149998')).toBe(false);
  });
});
