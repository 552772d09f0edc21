import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { explain, importsIn } from './explain';
import { WidgetFailure } from './failure';
import { sentenceOf } from './failure-words';
import { RefusedByPolicy } from './refusals';
import type { Resolution } from './resolution';

vi.stubGlobal('location', { origin: 'http://dashboard.test' });

const widget: Resolution = {
  spec: 'maps@stable',
  name: 'maps',
  version: '1.0.0',
  base: '/remotes/maps/1.0.0/',
  entry: 'dist/remoteEntry.mjs',
  expose: './widget',
  integrity: {},
  widget: { name: 'maps', title: 'Maps', description: 'x', publisher: 'platform', expose: './widget' },
  notices: [],
};

describe('the cause of a failure', () => {
  it.each([
    // As webpack, the federation runtime and the browsers say it.
    ["Shared module vue doesn't exist in shared scope default", 'vue'],
    ['Unsatisfied version 19.3.1 from host of shared singleton module react-dom (required ^18.0.0)', 'react-dom'],
    ['[ Federation Runtime ]: The getter is not a function. #RUNTIME-012\nargs: {"shareKey":"@scope/lib"}', '@scope/lib'],
    ['Failed to resolve module specifier "lodash-es". Relative references must start with either "/", "./", or "../".', 'lodash-es'],
    ['The specifier “lit” was a bare specifier, but was not remapped to anything.', 'lit'],
  ])('is a module that nobody offers: %s', async (message, what) => {
    expect(await explain(widget, 'container', new Error(message))).toMatchObject({ reason: 'share_missing', what });
  });

  it.each(['exports is not defined', 'require is not defined', "Can't find variable: module", 'System is not defined'])(
    'is another module system: %s',
    async (message) => {
      expect(await explain(widget, 'container', new ReferenceError(message))).toMatchObject({ reason: 'not_a_module' });
      expect(await explain(widget, 'connect', new ReferenceError(message))).toMatchObject({ reason: 'threw' });
    },
  );

  it('is a policy of ours, with the place that asked for it', async () => {
    const cause = new RefusedByPolicy('no');
    cause.stack =
      'RefusedByPolicy: no\n    at x (http://dashboard.test:4000/assets/main.mjs:6:1)\n    at y (http://dashboard.test/remotes/maps/1.0.0/dist/widget.mjs:12:7)';
    const file = 'http://dashboard.test/remotes/maps/1.0.0/dist/widget.mjs';
    expect(await explain(widget, 'container', cause)).toMatchObject({
      reason: 'policy_refused',
      what: 'trusted-types',
      file: `${file}:12`,
    });
    cause.stack = cause.stack.replace(':12:7', '');
    expect(await explain(widget, 'container', cause)).toMatchObject({ file });
    cause.stack = '';
    expect(sentenceOf(await explain(widget, 'container', cause))).toContain('refused what a file of this widget does');
  });

  it('is a file of somebody else’s', async () => {
    const file = 'http://dashboard.test/remotes/other/1.0.0/dist/x.mjs';
    const cause = new TypeError(`Failed to fetch dynamically imported module: ${file}`);
    expect(await explain(widget, 'container', cause)).toMatchObject({ reason: 'not_published', file });
  });

  it('is the code’s own error otherwise, whatever addresses stand in it', async () => {
    for (const message of ['x is undefined', 'cannot read http://dashboard.test/remotes/maps/1.0.0/dist/a.mjs'])
      expect(await explain(widget, 'connect', new Error(message))).toMatchObject({ reason: 'threw', file: undefined });
  });
});

describe('a file that did not load', () => {
  const path = 'dist/chunk.mjs';
  const file = `http://dashboard.test/remotes/maps/1.0.0/${path}`;
  const cause = new TypeError(`Failed to fetch dynamically imported module: ${file}`);
  const text = 'export default class {}';
  const published = `sha384-${createHash('sha384').update(text).digest('base64')}`;
  const served = (body: string | null) =>
    vi.stubGlobal('fetch', async () => (body === null ? new Response('', { status: 404 }) : new Response(body)));
  const reason = async (): Promise<string> => (await explain({ ...widget, integrity: { [path]: published } }, 'container', cause)).reason;

  it('is mended only by the very bytes that were published', async () => {
    served(text);
    expect(await reason()).toBe('mended');
    for (const other of [`${text} `, '', 'export default null']) {
      served(other);
      expect(await reason()).toBe('wrong_bytes');
    }
    served(null);
    expect(await reason()).toBe('unavailable');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await reason()).toBe('unavailable');
  });

  it('is the one that it imports where that one is at fault, and each is asked for past the cache', async () => {
    const at = (name: string): string => `http://dashboard.test/remotes/maps/1.0.0/dist/${name}`;
    const sources: Record<string, string> = { 'chunk.mjs': `import './deep.mjs'; export {};`, 'deep.mjs': `import './never.mjs';` };
    const integrity = Object.fromEntries(
      Object.entries(sources).map(([name, source]) => [`dist/${name}`, `sha384-${createHash('sha384').update(source).digest('base64')}`]),
    );
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (url: string, how: unknown) => {
      asked.push([url, how]);
      return new Response(sources[url.replace(at(''), '').replace('?1', '')] ?? '');
    });
    const failed = (name: string) =>
      explain({ ...widget, integrity }, 'container', new TypeError(`Failed to fetch dynamically imported module: ${at(name)}`));
    expect(await failed('chunk.mjs')).toMatchObject({ reason: 'not_published', file: at('never.mjs') });
    expect(asked).toEqual(['chunk.mjs', 'deep.mjs'].map((name) => [at(name), { cache: 'reload' }]));
    // Under the address of another attempt it is the same file.
    expect(await failed('chunk.mjs?1')).toMatchObject({ reason: 'not_published', file: at('never.mjs') });
    sources['deep.mjs'] = 'export {};';
    expect(await failed('chunk.mjs')).toMatchObject({ reason: 'wrong_bytes', file: at('deep.mjs') });
  });
});

it('what names no file is the code’s own error, and what was explained already stays', async () => {
  expect(await explain(widget, 'container', new TypeError('Importing a module script failed.'))).toMatchObject({ reason: 'threw' });
  const known = new WidgetFailure('maps@1.0.0', 'connect', 'no_answer', undefined, undefined);
  expect(await explain(widget, 'container', known)).toBe(known);
});

describe('imports of a module', () => {
  it('are found as written and as minified', () => {
    const text = `import a from './a.mjs';import"./b.mjs";export{x}from"../c.mjs";import{d as e}from'/remotes/d.mjs';import x from "bare"; import('./lazy.mjs')`;
    expect(importsIn(text)).toEqual(['./a.mjs', './b.mjs', '../c.mjs', '/remotes/d.mjs']);
  });

  it('are found in any text, in a time that grows with it', () => {
    fc.assert(fc.property(fc.string(), (text) => importsIn(text).every((found) => text.includes(found))));
    expect(importsIn('import'.repeat(100_000))).toEqual([]);
    expect(importsIn(`from "./${'a'.repeat(200_000)}`)).toEqual([]);
    expect(importsIn(`${' '.repeat(100_000)}from${' '.repeat(100_000)}x`)).toEqual([]);
  });
});
