import { beforeEach, expect, it } from 'vitest';
import { takeNew } from './shared-with-me';

const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
const look = (user: string, ...ids: string[]): string[] =>
  takeNew(
    user,
    ids.map((id) => ({ id })),
    storage,
  ).map(({ id }) => id);
beforeEach(() => kept.clear());

it('takes for new what this browser did not know of, by person; the first look only learns', () => {
  expect(look('alex', 'a', 'b')).toEqual([]);
  expect(look('alex', 'c', 'a', 'b')).toEqual(['c']);
  expect(look('alex', 'c', 'a', 'b')).toEqual([]);
  expect(look('casey', 'c')).toEqual([]);
});

it('tells of the first one that is ever shared', () => {
  expect(look('alex')).toEqual([]);
  expect(look('alex', 'a')).toEqual(['a']);
});

it('learns anew where something else was kept', () => {
  kept.set('dm.shared.alex', '{');
  expect(look('alex', 'a')).toEqual([]);
  expect(look('alex', 'a', 'b')).toEqual(['b']);
});
