import { expect, it } from 'vitest';
import { DailyNames } from './daily-names';

const MINUTE = 60_000;

function counting() {
  const names = new DailyNames();
  const computed: string[] = [];
  const of = (visitor: string): string =>
    names.of(visitor, () => {
      computed.push(visitor);
      return `name of ${visitor}`;
    });
  return { names, computed, of };
}

it('computes a name once, of whoever comes again within minutes', () => {
  const { names, computed, of } = counting();
  expect([of('a'), of('b'), of('a')]).toEqual(['name of a', 'name of b', 'name of a']);
  names.forget(5 * MINUTE, false);
  expect(of('a')).toBe('name of a');
  names.forget(6 * MINUTE, false);
  names.forget(10 * MINUTE, false);
  expect(of('a')).toBe('name of a');
  expect(computed).toEqual(['a', 'b']);
});

it('holds nobody for longer who does not come, and nobody at all once a salt has gone', () => {
  const { names, computed, of } = counting();
  of('a');
  names.forget(5 * MINUTE, false);
  names.forget(10 * MINUTE, false);
  of('a');
  of('b');
  names.forget(11 * MINUTE, true);
  of('b');
  expect(computed).toEqual(['a', 'a', 'b', 'b']);
});

it('holds so many, however many come', () => {
  const { computed, of } = counting();
  for (let index = 0; index < 20_000; index++) of(`visitor ${index}`);
  of('visitor 19999');
  expect(computed).toHaveLength(20_000);
  of('visitor 0');
  expect(computed.at(-1)).toBe('visitor 0');
});
