/** Layouts that nobody would draw: each is refused with a reason, and by a small answer. */
import type { LayoutNode, Problem } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const casey = person('casey');
const stack = (...panels: string[]): LayoutNode => ({ type: 'stack', active: 0, panels });
const row = (...nodes: unknown[]) => ({ type: 'row', children: nodes.map((node) => ({ size: 1 / nodes.length, node })) });
const hundred = <T>(of: (i: number) => T): T[] => Array.from({ length: 100 }, (_, i) => of(i));

/** Written as text: what writes JSON may not get that deep itself. */
const deep = (levels: number): string =>
  `${'{"type":"row","children":[{"size":1,"node":'.repeat(levels)}${JSON.stringify(stack('p1'))}${'}]}'.repeat(levels)}`;
const bodyOf = (tree: string): string => `{"title":"Hostile","tree":${tree},"panels":{"p1":{"widget":"series-chart@stable"}}}`;

const trees: [string, string, number, string][] = [
  ['5,000 levels', deep(5_000), 400, 'body_too_deep'],
  ['20,000 levels', deep(20_000), 400, 'body_too_deep'],
  ['30 levels', deep(30), 422, 'layout_invalid'],
  [
    'five thousand stacks of panels that are not there',
    JSON.stringify(row(...hundred(() => row(...hundred((i) => stack(`q${i}`)))).slice(0, 50))),
    422,
    'layout_invalid',
  ],
  [
    'five thousand stacks of the same panel',
    JSON.stringify(row(...hundred(() => row(...hundred(() => stack('p1')))).slice(0, 50))),
    422,
    'layout_invalid',
  ],
  [
    'ten thousand stacks of the same panel',
    JSON.stringify(row(...hundred(() => row(...hundred(() => stack('p1')))))),
    413,
    'layout_too_large',
  ],
  ['ten thousand nodes of no kind', JSON.stringify(row(...hundred(() => row(...hundred(() => ({ type: 'x' })))))), 400, 'request_invalid'],
  ['a split of ten thousand', JSON.stringify(row(...hundred(() => hundred(() => stack('p1'))).flat())), 400, 'request_invalid'],
];

describe.each(stores().slice(0, 1))('hostile layouts on $name', ({ open }) => {
  let api: TestApi;
  let id: string;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball({}))).status).toBe(201);
    const body = { title: 'Plain', tree: stack('p1'), panels: { p1: { widget: 'series-chart@latest' } } };
    const made = await api.call('/api/v1/layouts', { as: casey, method: 'POST', body });
    expect(made.status).toBe(201);
    ({ id } = (await made.json()) as { id: string });
  });
  afterAll(() => api.stop());

  /** The body as it stands. */
  const send = (method: string, path: string, body: string) =>
    api.call(`/api/v1${path}`, { as: casey, method, body, headers: { 'content-type': 'application/json', 'if-match': '"1"' } });

  it.each(trees)('%s', async (_name, tree, status, code) => {
    for (const [method, path] of [
      ['PUT', `/layouts/${id}`],
      ['POST', '/layouts'],
    ] as const) {
      const result = await send(method, path, bodyOf(tree));
      const text = await result.text();
      expect([result.status, (JSON.parse(text) as Problem).code]).toEqual([status, code]);
      // Whoever sends little makes nobody write much.
      expect(text.length).toBeLessThan(100_000);
    }
  });

  it.each([
    ['PUT', 'draft', (tree: string) => `{"base":1,"content":${bodyOf(tree)}}`],
    ['POST', 'clone', (tree: string) => `{"content":${bodyOf(tree)}}`],
    ['PUT', 'mine', (tree: string) => `{"panels":{"p1":{"settings":{"x":${tree}}}}}`],
  ] as const)('%s of %s with 5,000 levels', async (method, part, body) => {
    const result = await send(method, `/layouts/${id}/${part}`, body(deep(5_000)));
    expect([result.status, ((await result.json()) as Problem).code]).toEqual([400, 'body_too_deep']);
  });
});
