import { beforeEach, expect, it } from 'vitest';
import { noteLastShown, readLastShown, readStartPage, type StartPage, startKey, writeStartPage } from './start-page';

const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
beforeEach(() => kept.clear());

it.each<StartPage>([
  { kind: 'last' },
  { kind: 'department' },
  { kind: 'library' },
  { kind: 'layout', layout: '0192aa-77bc', title: 'Risk' },
])('reads %j as it was written, for nobody else', (start) => {
  writeStartPage('alex', start, storage);
  expect(readStartPage('alex', storage)).toEqual(start);
  expect(readStartPage('casey', storage)).toBeUndefined();
});

it.each(['', '{', 'null', '7', '"last"', '{"kind":"elsewhere"}', '{"kind":"layout"}', '{"kind":"layout","layout":1,"title":"x"}'])(
  'takes %s for no choice',
  (text) => {
    kept.set(startKey('alex'), text);
    expect(readStartPage('alex', storage)).toBeUndefined();
  },
);

it('remembers by person what was shown last', () => {
  noteLastShown('casey', '/d/sales', storage);
  noteLastShown('casey', '/l/0192aa-77bc', storage);
  expect([readLastShown('casey', storage), readLastShown('alex', storage)]).toEqual(['/l/0192aa-77bc', undefined]);
});
