/**
 * Questions that nobody asks by accident: each is answered by what was asked for or by a typed 4xx, on every store. What takes more than its length to
 * look at takes hours here, and the test ends by its time.
 */
import type { Layout, Problem } from '@datamesh/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { person, startTestApi, type TestApi } from '../testing/api';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const times = (text: string, count: number): string => text.repeat(count);
const dana = person('dana', ['admin'], ['sales']);
const cursor = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const lists = ['/widgets', '/layouts', '/audit', '/layouts/{layout}/revisions'];
const stack = (panels: string[]) => ({ type: 'stack', active: 0, panels });
/** Splits in splits, so many. */
const nested = (depth: number): unknown =>
  depth === 0 ? stack(['p1']) : { type: 'row', children: [{ size: 1, node: nested(depth - 1) }] };
const panels = { p1: { widget: 'series-chart@stable' } };

describe.each(stores())('hostile questions on $name', ({ open }) => {
  let api: TestApi;
  let layout: string;
  beforeAll(async () => {
    api = await startTestApi(open);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    const body = { title: 'Morning', tree: stack(['p1']), panels };
    const made = await api.call('/api/v1/layouts', { as: dana, method: 'POST', body });
    layout = ((await made.json()) as Layout).id;
  });
  afterAll(() => api.stop());
  afterEach(async () => {
    expect((await api.call('/healthz')).status).toBe(200);
  });

  async function ask(path: string, options: Parameters<TestApi['call']>[1] = {}): Promise<number> {
    const answer = await api.call(`/api/v1${path.replace('{layout}', layout)}`, { as: dana, ...options });
    const text = await answer.text();
    if (answer.status >= 400) expect(JSON.parse(text) as Problem).toMatchObject({ status: answer.status, code: expect.any(String) });
    return answer.status;
  }

  it.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['no JSON', cursor('{')],
    ['another kind', cursor({ $gt: '' })],
    ['a list', cursor([[[]]])],
    ['a number beyond all', cursor('1e999')],
    ['a negative number', cursor(-1)],
    ['half a number', cursor(0.5)],
    ['null', cursor(null)],
    ['a prototype', cursor('{"__proto__":{"updatedAt":"","id":""}}')],
    ['objects for the parts', cursor({ updatedAt: { $gt: '' }, id: { $ne: '' } })],
    ['a NUL', cursor('"\\u0000"')],
    ['half a pair', cursor('"\\ud800"')],
    ['lists in lists', cursor(times('[', 370))],
    ['500 characters', times('a', 500)],
    ['100 KB', times('a', 100_000)],
  ])('a cursor of %s', async (_what, text) => {
    for (const list of lists) expect([200, 400], list).toContain(await ask(`${list}?cursor=${encodeURIComponent(text)}`));
  });

  it.each([
    ['signs of SQL', `'";--%_\\`],
    ['marks', `a${times('\u0301', 199)}`],
    ['stars and brackets', '*(((((+?[^'],
    ['a NUL', 'a\0b'],
    ['two hundred words', times('a ', 100)],
    ['an operator', '{"$where":"1"}'],
  ])('a search for %s', async (_what, text) => {
    const query = encodeURIComponent(text);
    expect([200, 400]).toContain(await ask(`/widgets?q=${query}`));
    expect([200, 400]).toContain(await ask(`/widgets?category=${query.slice(0, 60).replace(/%[0-9A-F]?$/, '')}`));
  });

  it.each([
    '?q[$ne]=x',
    '?q=a&q=b',
    '?limit=1e9',
    '?limit=-1',
    '?limit=0.5',
    '?limit=NaN',
    `?q=${times('a', 100_000)}`,
    '?__proto__=x',
    `?${times('a=b&', 20_000)}`,
  ])('a list with %s', async (query) => {
    for (const list of lists) expect([400, 431], list).toContain(await ask(`${list}${query}`));
  });

  it('a limit of a thousand digits is as many as there are at most', async () => {
    for (const list of lists) expect([200, 400], list).toContain(await ask(`${list}?limit=${times('9', 1000)}`));
  });

  it.each([
    ['of 100 KB', `"${times('9', 100_000)}"`],
    ['beyond all numbers', `"${times('9', 400)}"`],
    ['of a list', times('"1",', 1000)],
    ['that is weak', 'W/"1"'],
    ['that is any', '*'],
    ['that is negative', '"-1"'],
    ['of blanks', `"1"${times(' ', 100_000)}x`],
  ])('a condition %s', async (_what, tag) => {
    const body = { title: 'Morning', tree: stack(['p1']), panels };
    expect(await ask('/layouts/{layout}', { method: 'PUT', body, headers: { 'if-match': tag } })).toBe(400);
  });

  it.each(['0', '-1', '1e3', '99999999999999999999', '0x1', '%00', times('9', 1000), '1%2e%2e', '%E0%A4%A', '%F0%9F%92%A9'])(
    'a revision called %.30s',
    async (revision) => {
      expect([200, 400, 404]).toContain(await ask(`/layouts/{layout}/revisions/${revision}`));
    },
  );

  it.each(['x', '-1', '1,2', times('9', 100_000), '1e3'])('a last event called %.30s', async (id) => {
    expect(await ask('/events', { headers: { 'last-event-id': id } })).toBe(400);
  });

  it('two hundred ranges of as many alternatives as fit', async () => {
    const specs = Array.from({ length: 200 }, (_, index) => `series-chart@${index}||${times('1||', 48)}`.slice(0, 158));
    expect(await ask('/resolve', { method: 'POST', body: { widgets: specs } })).toBe(200);
  });

  it.each([
    ['blanks', `series-chart@1${times(' ', 140)}x`],
    ['dashes', `series-chart@${times('1 - ', 35)}`],
    ['carets', `series-chart@${times('^', 140)}1`],
    ['x', `series-chart@${times('x.', 70)}`],
    ['prereleases', `series-chart@1.0.0-${times('a.', 65)}`],
    ['digits', `series-chart@${times('9', 140)}.0.0`],
    ['100 KB', `series-chart@${times('1 ', 50_000)}`],
  ])('a range of %s', async (_what, spec) => {
    expect([200, 400]).toContain(await ask('/resolve', { method: 'POST', body: { widgets: [spec] } }));
  });

  it.each<[string, unknown, unknown]>([
    ['one panel in 40,000 places', stack(Array(40_000).fill('p1')), panels],
    ['40,000 panels that are not there', stack(Array.from({ length: 40_000 }, (_, index) => `q${index}`)), panels],
    ['20,000 splits beside each other', { type: 'row', children: Array(5_000).fill({ size: 0.5, node: stack(['p1']) }) }, panels],
    ['splits nested ninety deep', nested(45), panels],
    ['a stack of nothing', stack([]), {}],
    ['a split of nothing', { type: 'row', children: [] }, {}],
    ['sizes beyond all', { type: 'row', children: [{ size: 1e308, node: stack(['p1']) }] }, panels],
    ['a panel called like a prototype', stack(['__proto__']), JSON.parse('{"__proto__":{"widget":"series-chart@stable"}}')],
    ['a panel called like a function', stack(['constructor']), { constructor: { widget: 'series-chart@stable' } }],
    [
      'settings of 100,000 keys',
      stack(['p1']),
      {
        p1: {
          widget: 'series-chart@stable',
          settings: Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`k${index}`, index])),
        },
      },
    ],
  ])('a layout of %s', async (_what, tree, given) => {
    const body = { title: 'Hostile', tree, panels: given };
    for (const [path, method, sent] of [
      ['/layouts', 'POST', body],
      ['/layouts/{layout}', 'PUT', body],
      ['/layouts/{layout}/draft', 'PUT', { base: 1, content: body }],
      ['/layouts/{layout}/clone', 'POST', { content: body }],
    ] as const)
      expect([200, 201, 400, 412, 413, 422], path).toContain(await ask(path, { method, body: sent, headers: { 'if-match': '"1"' } }));
  });

  it.each([
    ['blanks around it', `application/json${times(' ', 60_000)};${times(' ', 60_000)}x`],
    ['blanks in its charset', `application/json; charset${times(' ', 100_000)}x`],
    ['semicolons', `application/json${times(';', 100_000)}`],
    ['parameters', `application/json${times('; a=b', 20_000)}`],
  ])('a media type with %s', async (_what, type) => {
    const answer = await ask('/session/sign-out', { method: 'POST', body: '{}', headers: { 'content-type': type } });
    expect([400, 415, 431]).toContain(answer);
  });

  it.each([`*/*${times(';', 100_000)}`, `*/*;${times(' ', 100_000)}x`, times('a/b,', 25_000), `*/*;${times('q=1;', 20_000)}`])(
    'a wish for %.10s… without end',
    async (accept) => {
      for (const path of ['/layouts', '/widgets', '/session']) expect(await ask(path, { headers: { accept } }), path).toBe(431);
    },
  );
});
