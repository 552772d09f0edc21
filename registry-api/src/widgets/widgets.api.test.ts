import type { Problem, ResolutionItem, VersionDetail, WidgetDetail } from '@datamesh/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader } from '../testing/event-reader';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const casey = person('casey');
const team = publisherOf('markets-data');

describe.each(stores())('channels, yanking and resolve on $name', ({ open }) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startTestApi(open);
    for (const version of ['1.0.0', '1.1.0', '2.0.0-dev.1']) {
      expect((await api.publish('series-chart', version, widgetTarball({ version }))).status).toBe(201);
    }
  });
  afterEach(() => api.stop());

  const put = (path: string, body: unknown, as = team) => api.call(`/api/v1${path}`, { as, method: 'PUT', body });
  const post = (path: string, body: unknown, as = team) => api.call(`/api/v1${path}`, { as, method: 'POST', body });
  const promote = (version: string, channel = 'stable') => put(`/widgets/series-chart/channels/${channel}`, { version });
  const yank = (version: string) => post(`/widgets/series-chart/versions/${version}/yank`, { reason: 'broken' });
  const code = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];

  async function resolve(...selectors: string[]): Promise<ResolutionItem[]> {
    const answer = await post('/resolve', { widgets: selectors.map((selector) => `series-chart@${selector}`) }, casey);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { items: ResolutionItem[] }).items;
  }
  const outcome = async (...selectors: string[]) =>
    (await resolve(...selectors)).map((item) => ('error' in item ? item.error.code : item.version));

  it('resolves in the order asked, with all that a page needs to load the version', async () => {
    await promote('1.0.0');
    const answer = await post(
      '/resolve',
      { widgets: ['series-chart@stable', 'no-such@latest', 'series-chart@^1', 'series-chart@!'] },
      casey,
    );
    const { items } = (await answer.json()) as { items: ResolutionItem[] };
    expect(items.map((item) => ('error' in item ? item.error.code : item.version))).toEqual([
      '1.0.0',
      'widget_unknown',
      '1.1.0',
      'spec_invalid',
    ]);
    const detail = (await (await api.call('/api/v1/widgets/series-chart/versions/1.0.0', { as: casey })).json()) as VersionDetail;
    expect(items[0]).toEqual({
      spec: 'series-chart@stable',
      name: 'series-chart',
      version: '1.0.0',
      base: '/remotes/series-chart/1.0.0/',
      entry: 'dist/remoteEntry.mjs',
      expose: './widget',
      integrity: Object.fromEntries(
        detail.files.filter(({ path }) => path.endsWith('.mjs')).map(({ path, integrity }) => [path, integrity]),
      ),
      preload: [],
      widget: detail.widget,
      notices: [],
    });
    const exposes = [{ path: './widget', assets: { js: { sync: ['chunk.mjs', 'elsewhere.mjs'] } } }];
    const extra = [
      { path: 'dist/chunk.mjs', content: '' },
      { path: 'dist/mf-manifest.json', content: JSON.stringify({ exposes }) },
    ];
    await api.publish('series-chart', '1.2.0', widgetTarball({ version: '1.2.0', extra, without: ['dist/mf-manifest.json'] }));
    expect((await resolve('1.2.0'))[0]).toMatchObject({ preload: ['dist/chunk.mjs'] });
    expect(await code(await post('/resolve', { widgets: ['no-at-sign'] }, casey))).toEqual([400, 'request_invalid']);
  });

  it('follows a promote at once, and refuses to promote what cannot be used', async () => {
    expect(await outcome('stable', 'latest', '2.0.0-dev.1')).toEqual(['version_unknown', '1.1.0', '2.0.0-dev.1']);
    const answer = await promote('1.0.0');
    expect(((await answer.json()) as WidgetDetail).channels).toEqual({ latest: '1.1.0', stable: '1.0.0' });
    expect(await outcome('stable')).toEqual(['1.0.0']);
    await promote('1.1.0');
    expect(await outcome('stable')).toEqual(['1.1.0']);
    expect(await code(await promote('1.0.0', 'latest'))).toEqual([422, 'channel_reserved']);
    expect(await code(await promote('1.0.0', 'v1'))).toEqual([422, 'channel_reserved']);
    expect(await code(await promote('9.9.9'))).toEqual([404, 'version_unknown']);
    await yank('1.0.0');
    expect(await code(await promote('1.0.0'))).toEqual([409, 'version_yanked']);
    expect(await code(await put('/widgets/nothing/channels/stable', { version: '1.0.0' }))).toEqual([404, 'widget_unknown']);
  });

  it('lets nobody but the owning team promote, deprecate or yank', async () => {
    for (const [path, body, method] of [
      ['/widgets/series-chart/channels/stable', { version: '1.0.0' }, put],
      ['/widgets/series-chart/versions/1.0.0/yank', { reason: 'x' }, post],
      ['/widgets/series-chart/versions/1.0.0/deprecate', { reason: 'x' }, post],
    ] as const) {
      expect(await code(await method(path, body, publisherOf('platform')))).toEqual([403, 'name_owned']);
      expect(await code(await method(path, body, person('dana', ['admin'])))).toEqual([403, 'bearer_token_required']);
    }
    expect(await outcome('1.0.0', 'stable')).toEqual(['1.0.0', 'version_unknown']);
  });

  it('takes a yanked version from everybody, moves channels back, and keeps its files', async () => {
    await promote('1.0.0');
    await promote('1.1.0');
    expect(((await (await yank('1.1.0')).json()) as VersionDetail).yanked).toBe('broken');
    expect(await outcome('stable', 'latest', '^1', '1.1.0')).toEqual(['1.0.0', '1.0.0', '1.0.0', 'version_yanked']);
    await yank('1.0.0');
    expect(await outcome('stable', 'latest', '^1')).toEqual(['version_yanked', '2.0.0-dev.1', 'version_yanked']);
    expect((await api.call('/remotes/series-chart/1.1.0/dist/remoteEntry.mjs')).status).toBe(200);
    expect(await resolve('1.1.0')).toMatchObject([
      { title: 'Series chart', error: { reason: 'broken', instead: { nearest: '2.0.0-dev.1', stable: null } } },
    ]);
    await yank('2.0.0-dev.1');
    expect(await outcome('latest')).toEqual(['version_yanked']);
    // The marketplace does not offer it any more; who asks for it by name sees why.
    const list = (await (await api.call('/api/v1/widgets', { as: casey })).json()) as { items: unknown[]; total: number };
    expect([list.items.length, list.total]).toEqual([0, 0]);
    const detail = (await (await api.call('/api/v1/widgets/series-chart', { as: casey })).json()) as WidgetDetail;
    expect(detail.versions.map(({ yanked }) => yanked)).toEqual(['broken', 'broken', 'broken']);
    expect(detail.channels).toEqual({});
  });

  it('resolves a deprecated version, with a notice', async () => {
    expect((await resolve('1.1.0')).flatMap((item) => ('error' in item ? [] : item.notices))).toEqual([]);
    await post('/widgets/series-chart/versions/1.1.0/deprecate', { reason: 'use 2' });
    expect(await resolve('latest')).toMatchObject([{ version: '1.1.0', notices: [{ code: 'deprecated', text: 'use 2' }] }]);
    await using events = await openStreamReader(api, casey, 0);
    const seen = await events.take(4);
    expect(seen[3]?.event).toMatchObject({ type: 'widgets.deprecated', data: { name: 'series-chart', version: '1.1.0' } });
  });

  it('tells open pages of each change, once', async () => {
    await using events = await openStreamReader(api, casey, 0);
    await promote('1.0.0');
    await promote('1.0.0');
    await yank('1.0.0');
    const seen = await events.take(5);
    expect(seen.map(({ event }) => [event.type, event.data['version']])).toEqual([
      ['widgets.active-changed', '1.0.0'],
      ['widgets.active-changed', '1.1.0'],
      ['widgets.active-changed', '2.0.0-dev.1'],
      ['widgets.active-changed', '1.0.0'],
      ['widgets.yanked', '1.0.0'],
    ]);
    expect(seen.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(seen[3]?.event.data).toEqual({ name: 'series-chart', version: '1.0.0', channels: { latest: '1.1.0', stable: '1.0.0' } });
    expect(seen[4]?.event.data['channels']).toEqual({ latest: '1.1.0' });
  });
});

describe.each(stores())('files on $name', ({ open }) => {
  let api: TestApi;
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(document.cookie)</script></svg>';
  const code = `export const text = '${'lorem ipsum '.repeat(300)}';`;
  beforeAll(async () => {
    api = await startTestApi(open);
    const body = widgetTarball({ code, without: ['icon.svg'], extra: [{ path: 'icon.svg', content: svg }] });
    expect((await api.publish('series-chart', '1.0.0', body)).status).toBe(201);
  });
  afterAll(() => api.stop());

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    api.call(`/remotes/series-chart/1.0.0/${path}`, { headers, method });

  it('gives them to everybody, for ever, and as no document of this origin', async () => {
    const answer = await get('dist/remoteEntry.mjs');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(code);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      vary: 'accept-encoding, sec-fetch-dest',
    });
    const image = await get('icon.svg');
    expect(await image.text()).toBe(svg);
    expect(image.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(image.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
    ['deflate', null],
  ])('answers Accept-Encoding: %s with %s', async (accepted, given) => {
    const answer = await get('dist/remoteEntry.mjs', { 'accept-encoding': accepted });
    expect(answer.headers.get('content-encoding')).toBe(given);
    const bytes = Number(answer.headers.get('content-length'));
    if (given) expect(bytes).toBeLessThan(code.length / 5);
    else expect(bytes).toBe(code.length);
    // fetch undoes the encoding: what comes out is what was published.
    expect(await answer.text()).toBe(code);
  });

  it('knows a client that has the file, by variant', async () => {
    const plain = (await get('dist/remoteEntry.mjs', { 'accept-encoding': 'identity' })).headers.get('etag') ?? '';
    const brotli = (await get('dist/remoteEntry.mjs', { 'accept-encoding': 'br' })).headers.get('etag') ?? '';
    expect(brotli).not.toBe(plain);
    const same = await get('dist/remoteEntry.mjs', { 'accept-encoding': 'br', 'if-none-match': `W/"x", ${brotli}` });
    expect([same.status, await same.text()]).toEqual([304, '']);
    expect((await get('dist/remoteEntry.mjs', { 'accept-encoding': 'identity', 'if-none-match': brotli })).status).toBe(200);
  });

  it('answers HEAD without the bytes, and 404 for what is not there', async () => {
    const head = await get('dist/remoteEntry.mjs', { 'accept-encoding': 'identity' }, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(code.length), '']);
    for (const path of ['dist/none.mjs', 'dist', '%2e%2e/%2e%2e/package.json', '..%2f..%2fregistry.db', '__proto__', 'dist/..%5c']) {
      const answer = await get(path);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    }
    expect((await api.call('/remotes/series-chart/9.9.9/dist/remoteEntry.mjs')).status).toBe(404);
    expect((await api.call('/remotes/nothing/1.0.0/dist/remoteEntry.mjs')).status).toBe(404);
  });
});
