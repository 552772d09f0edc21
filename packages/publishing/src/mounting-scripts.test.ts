import { expect, it } from 'vitest';
import { mountingScripts } from './mounting-scripts';

const manifest = { expose: './widget' };
const archive = (exposes: unknown, more: string[] = []) =>
  new Map([
    ['dist/remoteEntry.mjs', Buffer.from('')],
    ['dist/mf-manifest.json', Buffer.from(JSON.stringify({ exposes }))],
    ...more.map((path) => [path, Buffer.from('')] as const),
  ]);
const exposing = (sync: unknown, path = './widget') => [{ path, assets: { js: { sync, async: ['later.mjs'] } } }];

it('are those that the manifest names for the exposed module, each once, in its order', () => {
  const files = archive(
    [...exposing(['x.mjs'], './other'), ...exposing(['b.mjs', 'a.js', 'b.mjs'])],
    ['dist/a.js', 'dist/b.mjs', 'dist/x.mjs', 'dist/later.mjs'],
  );
  expect(mountingScripts(files, manifest)).toEqual(['dist/b.mjs', 'dist/a.js']);
});

it('are never anything but scripts of the version itself, and no more than a page would ask for ahead', () => {
  const many = Array.from({ length: 50 }, (_, at) => `c${at}.mjs`);
  const files = archive(exposing(['../package.json', '../../x.mjs', 'data.json', 'remoteEntry.mjs', 'gone.mjs', 7, null, ...many]), [
    'package.json',
    'dist/data.json',
    ...many.map((name) => `dist/${name}`),
  ]);
  expect(mountingScripts(files, manifest)).toEqual(many.slice(0, 20).map((name) => `dist/${name}`));
});

it.each([null, {}, 'text', [], [null], [{ path: './widget' }], exposing('a.mjs')])('are none where the manifest says %j', (exposes) => {
  expect(mountingScripts(archive(exposes, ['dist/a.mjs']), manifest)).toEqual([]);
});

it('are none where there is no manifest', () => {
  expect(mountingScripts(new Map([['dist/remoteEntry.mjs', Buffer.from('')]]), manifest)).toEqual([]);
});
