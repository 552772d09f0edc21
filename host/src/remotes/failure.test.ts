import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { explain } from './explain';
import { messageOf } from './failure';
import type { Resolution } from './resolution';

beforeAll(() => void vi.stubGlobal('location', { origin: 'http://dashboard.test' }));
afterAll(() => void vi.unstubAllGlobals());

const itself = new Error('round');
itself.cause = new Error('and', { cause: itself });
const throwing = Object.defineProperties(new Error('x'), {
  message: {
    get: () => {
      throw new Error('no words');
    },
  },
  cause: {
    get: () => {
      throw new Error('no cause');
    },
  },
});
const throws = (): never => {
  throw new Error();
};
const shy = new Proxy({}, { get: throws, getPrototypeOf: throws });
const shyStack = Object.defineProperty(new Error('x'), 'stack', { get: throws });
const widget = {
  name: 'notes',
  version: '1.0.0',
  base: '/remotes/notes/1.0.0/',
  entry: 'remoteEntry.mjs',
  integrity: {},
} as unknown as Resolution;

it.each([
  ['an error that is its own cause', itself, /^round <- and <- round/],
  ['an error without words', throwing, /no words/],
  ['an object without a prototype', Object.create(null), /no words/],
  [
    'an object whose words throw',
    {
      toString: () => {
        throw new Error();
      },
    },
    /no words/,
  ],
  ['a proxy that lets nobody look', shy, /no words/],
  ['an error whose cause is such a proxy', new Error('outer', { cause: shy }), /^outer <- something that has no words$/],
  ['an error whose stack throws', shyStack, /no words/],
  ['nothing', undefined, /^undefined$/],
  ['a symbol', Symbol('s'), /Symbol\(s\)/],
  ['megabytes', new Error('x'.repeat(5_000_000)), /^x{2000}$/],
])('a widget that throws %s is explained all the same', async (_what, thrown, words) => {
  expect(messageOf(thrown)).toMatch(words);
  expect(await explain(widget, 'running', thrown)).toMatchObject({ name: 'WidgetFailure', reason: 'threw' });
});

it('so is whatever else it throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.anything({ withNullPrototype: true, withDate: true, withTypedArray: true }), async (thrown) => {
      expect(await explain(widget, 'connect', thrown)).toMatchObject({ name: 'WidgetFailure' });
    }),
  );
});
