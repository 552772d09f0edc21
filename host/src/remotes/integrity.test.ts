import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Resolution } from './resolution';

const maps: string[] = [];
vi.stubGlobal('window', {});
vi.stubGlobal('location', { origin: 'http://dashboard.test' });
vi.stubGlobal('document', {
  addEventListener: () => undefined,
  querySelector: () => null,
  createElement: () => ({ textContent: '', remove: () => undefined }),
  head: { append: ({ textContent }: { textContent: string }) => maps.push(textContent) },
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
  beforeAll(async () => {
    ({ admit } = await import('./integrity'));
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
});
