import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Resolution } from './resolution';

const maps: string[] = [];
const links: object[] = [];
vi.stubGlobal('window', {});
vi.stubGlobal('location', { origin: 'http://dashboard.test' });
vi.stubGlobal('document', {
  addEventListener: () => undefined,
  querySelector: () => null,
  createElement: () => ({ textContent: '', remove: () => undefined }),
  head: {
    append: (element: { rel?: string; textContent: string }) => (element.rel ? links.push(element) : maps.push(element.textContent)),
  },
});

const widget = (integrity: Record<string, string>): Resolution => ({
  spec: 'maps@stable',
  name: 'maps',
  version: '1.0.0',
  base: '/remotes/maps/1.0.0/',
  entry: 'remoteEntry.mjs',
  expose: './widget',
  integrity,
  widget: { name: 'maps', title: 'Maps', description: 'x', publisher: 'platform', expose: './widget' },
  notices: [],
});

describe('the files that the page may load', () => {
  let admit: (widgets: readonly Resolution[], attempt?: number) => void;
  let preload: (widget: Resolution) => void;
  beforeAll(async () => {
    ({ admit, preload } = await import('./integrity'));
  });

  it('are put before the browser once each, scripts only', () => {
    admit([widget({ 'remoteEntry.mjs': 'sha384-a', 'icon.svg': 'sha384-i' })]);
    admit([widget({ 'remoteEntry.mjs': 'sha384-a' })]);
    expect(maps.map((map) => JSON.parse(map))).toEqual([
      { integrity: { 'http://dashboard.test/remotes/maps/1.0.0/remoteEntry.mjs': 'sha384-a' } },
    ]);
  });

  it('keep the hash with which they came first: a registry that says another one later is not believed', () => {
    const before = maps.length;
    expect(() => admit([widget({ 'remoteEntry.mjs': 'sha384-b' })])).toThrow('was admitted with another hash before');
    expect(maps).toHaveLength(before);
  });

  it('are admitted under another address after a failure, with the same hash', () => {
    admit([widget({ 'remoteEntry.mjs': 'sha384-a' })], 1);
    expect(JSON.parse(maps.at(-1) ?? '{}')).toEqual({
      integrity: { 'http://dashboard.test/remotes/maps/1.0.0/remoteEntry.mjs?1': 'sha384-a' },
    });
  });

  it('are modules and scripts, whatever else has such letters in its name', () => {
    admit([
      {
        ...widget({ 'a.js': 'sha384-1', 'b.mjs': 'sha384-2', 'c.json': 'sha384-3', 'd.js.map': 'sha384-4' }),
        base: '/remotes/maps/2.0.0/',
      },
    ]);
    const { integrity } = JSON.parse(maps.at(-1) ?? '{}');
    expect(Object.keys(integrity)).toEqual(['a.js', 'b.mjs'].map((path) => `http://dashboard.test/remotes/maps/2.0.0/${path}`));
  });

  it('are asked for all at once, each with its hash, and none that was not published', () => {
    const base = '/remotes/maps/3.0.0/';
    const files = { 'remoteEntry.mjs': 'sha384-e', 'first.mjs': 'sha384-f', 'later.mjs': 'sha384-l' };
    preload({ ...widget(files), base, preload: ['first.mjs', 'never.mjs'] });
    preload({ ...widget({ 'remoteEntry.mjs': 'sha384-o' }), base: '/remotes/maps/4.0.0/' });
    const asked = [
      ['3.0.0/remoteEntry.mjs', 'sha384-e'],
      ['3.0.0/first.mjs', 'sha384-f'],
      ['4.0.0/remoteEntry.mjs', 'sha384-o'],
    ];
    expect(links).toEqual(
      asked.map(([path, integrity]) =>
        expect.objectContaining({
          rel: 'modulepreload',
          crossOrigin: 'anonymous',
          integrity,
          href: `http://dashboard.test/remotes/maps/${path}`,
        }),
      ),
    );
    // Before that, so that the browser refuses what has other bytes.
    expect(Object.keys(JSON.parse(maps.at(-2) ?? '{}').integrity)).toHaveLength(3);
  });
});
