import { describe, expect, it } from 'vitest';
import { checkShared } from './check-shared';

const item = (fields: Record<string, unknown>) => ({
  name: 'react',
  version: '19.0.0',
  singleton: true,
  requiredVersion: '^19.0.0',
  assets: { js: { sync: ['react.1.mjs'], async: [] } },
  ...fields,
});

const files = (shared: unknown, scripts: Record<string, string> = {}) =>
  new Map(
    Object.entries({ 'dist/mf-manifest.json': JSON.stringify({ shared }), ...scripts }).map(([path, text]) => [path, Buffer.from(text)]),
  );

const codes = (shared: unknown, scripts?: Record<string, string>) => checkShared(files(shared, scripts)).map(({ code }) => code);

describe('shared libraries', () => {
  it('are fine where the page’s copy is taken', () => {
    const scripts = { 'dist/react.1.mjs': 'x = Symbol.for("react.transitional.element")', 'dist/remoteEntry.mjs': '' };
    expect(codes([item({}), item({ name: 'react/jsx-runtime' })], scripts)).toEqual([]);
  });

  it('name a singleton that is given a version it does not take, and what to do', () => {
    expect(checkShared(files([item({ requiredVersion: '^18.0.0' })]))).toEqual([
      {
        code: 'shared_out_of_range',
        detail:
          'react is shared as a singleton of ^18.0.0, and the page has 19.3.1: take 19.3.1, or share it without singleton to bring your own',
      },
    ]);
  });

  it('may be of another major where they are no singleton: a copy is said', () => {
    expect(codes([item({ requiredVersion: '^18.0.0', singleton: false })])).toEqual(['shared_own_copy']);
  });

  it.each([['>=16'], ['*'], [false], [undefined], ['latest']])('take %s as a range that the page meets', (requiredVersion) => {
    expect(codes([item({ requiredVersion })])).toEqual([]);
  });

  it.each([[false], [undefined], ['catalog:'], ['workspace:^18.0.0']])(
    'of any version (%s) are told where they were built with another major than the page has',
    (requiredVersion) => {
      expect(checkShared(files([item({ requiredVersion, version: '18.3.1' })]))).toEqual([
        { code: 'shared_not_offered', detail: expect.stringMatching(/^react was built with 18\.3\.1, .* it gets the page's 19\./) },
      ]);
      expect(codes([item({ requiredVersion, version: '18.3.1', singleton: false })])).toEqual([]);
      for (const version of ['19.0.0-rc.1', '19.99.0', 'unknown']) expect(codes([item({ requiredVersion, version })])).toEqual([]);
    },
  );

  it('are told where they sit in the entry that everybody downloads', () => {
    const entry = { 'dist/remoteEntry.mjs': 'Symbol.for("react.transitional.element")' };
    expect(codes([item({ assets: { js: { sync: ['remoteEntry.mjs'], async: [] } } })], entry)).toEqual(['shared_eager']);
  });

  it('are told where the page offers none of a singleton', () => {
    expect(codes([item({ name: 'vue', requiredVersion: '^3.5.0' })])).toEqual(['shared_not_offered']);
    expect(codes([item({ name: 'vue', requiredVersion: '^3.5.0', singleton: false })])).toEqual([]);
  });

  it.each([
    ['React 19', 'a=Symbol.for("react.transitional.element")'],
    ['React 18', "var b=Symbol.for('react.element')"],
  ])('are missed: a bundle carries %s itself', (_what, text) => {
    expect(checkShared(files([], { 'dist/main.mjs': text }))).toMatchObject([
      { code: 'shared_own_copy', detail: expect.stringContaining('dist/main.mjs carries a React of its own') },
    ]);
  });

  it.each([[null], [{}], ['x'], [[null, 1, 'x', {}, { name: 3 }, { name: 'react', assets: { js: 7 } }, { name: 'react', assets: null }]]])(
    'in odd manifests are no fault of this check: %j',
    (shared) => expect(codes(shared)).toEqual([]),
  );

  it('of a container without a manifest are unknown', () => expect(checkShared(new Map())).toEqual([]));
});
