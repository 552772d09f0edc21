import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Problem, VersionDetail, WidgetDetail, WidgetSummary } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Storage } from '../../storage/storage';
import { person, publisherOf, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';
import { type Entry, tar, tarball, type WidgetInput, widgetEntries, widgetTarball } from '../../testing/tarball';
import { openWidgetStore } from '../module';

const casey = person('casey');

describe.each(stores())('publishing on $name', ({ open }) => {
  let api: TestApi;
  let storage: Storage;
  const opened = async (): Promise<Storage> => {
    storage = await open();
    return storage;
  };
  beforeAll(async () => {
    api = await startTestApi(opened, {
      sourcesAllowed: ['markets'],
      lookalikesAllowed: ['wind-maps2=risk'],
    });
  });
  afterAll(() => api.stop());

  const problemOf = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return (await answer.json()) as Problem;
  };

  it('shows a version with every file and its hash, once all of it is stored', async () => {
    const code = 'export const answer = 42;';
    const answer = await api.publish('good-widget', '1.0.0', widgetTarball({ name: 'good-widget', code }));
    expect(answer.status).toBe(201);
    const detail = (await answer.json()) as VersionDetail;
    expect(detail).toMatchObject({
      name: 'good-widget',
      version: '1.0.0',
      base: '/remotes/good-widget/1.0.0/',
      entry: 'dist/remoteEntry.mjs',
      expose: './widget',
      publishedBy: 'token:t-markets-data',
      deprecated: null,
      yanked: null,
    });
    const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
    expect(detail.files.find(({ path }) => path === 'dist/remoteEntry.mjs')).toEqual({
      path: 'dist/remoteEntry.mjs',
      integrity,
      bytes: code.length,
    });
    const again = await api.call('/api/v1/widgets/good-widget/versions/1.0.0', { as: casey });
    expect({ ...((await again.json()) as VersionDetail), warnings: [] }).toEqual(detail);
  });

  const sharing = (name: string, shared: object[]) =>
    tarball([
      ...widgetEntries({ name, without: ['dist/mf-manifest.json'] }),
      { path: 'dist/mf-manifest.json', content: JSON.stringify({ shared }) },
    ]);
  const react18 = { name: 'react', singleton: true, requiredVersion: '^18.0.0' };

  it('refuses what cannot run beside the page’s libraries, by name and range, and shows nothing of it', async () => {
    const answer = await api.publish('old-react', '1.0.0', sharing('old-react', [react18]));
    expect([answer.status, await problemOf(answer)]).toMatchObject([
      422,
      { code: 'shared_out_of_range', detail: expect.stringMatching(/^react is shared as a singleton of \^18\.0\.0, and the page has 19/) },
    ]);
    expect((await api.call('/api/v1/widgets/old-react', { as: casey })).status).toBe(404);
  });

  it('warns of what only costs, again with the same files', async () => {
    const upload = sharing('own-react', [{ ...react18, singleton: false }]);
    for (const status of [201, 200]) {
      const answer = await api.publish('own-react', '1.0.0', upload);
      expect([answer.status, await answer.json()]).toMatchObject([status, { warnings: [{ code: 'shared_own_copy' }] }]);
    }
  });

  it('takes the same files again, also packed differently, and refuses others under the same version', async () => {
    const entries = widgetEntries({ name: 'twice-widget' });
    expect((await api.publish('twice-widget', '1.0.0', tarball(entries))).status).toBe(201);
    expect((await api.publish('twice-widget', '1.0.0', gzipSync(tar([...entries].reverse()), { level: 1 }))).status).toBe(200);
    const dotted = entries.map((entry) => ({ ...entry, path: `./${entry.path}` }));
    expect((await api.publish('twice-widget', '1.0.0', tarball([{ path: './', type: 'Directory' }, ...dotted]))).status).toBe(200);
    const other = await api.publish('twice-widget', '1.0.0', widgetTarball({ name: 'twice-widget', code: 'export const other = 1;' }));
    expect(other.status).toBe(409);
    expect((await problemOf(other)).code).toBe('version_exists');
  });

  it('lets one of two different uploads of a version win when they race', async () => {
    const uploads = ['a', 'b', 'a', 'b', 'a', 'b'].map((code) =>
      api.publish('race-widget', '1.0.0', widgetTarball({ name: 'race-widget', code: `export default '${code}';` })),
    );
    const answers = await Promise.all(uploads);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 201, 409, 409, 409]);
    const detail = (await (await api.call('/api/v1/widgets/race-widget', { as: casey })).json()) as WidgetDetail;
    expect(detail.versions).toHaveLength(1);
  });

  it('keeps all versions when different ones are published at once', async () => {
    const versions = ['1.0.0', '1.1.0', '2.0.0-beta.1', '1.0.1'];
    const answers = await Promise.all(
      versions.map((version) => api.publish('many-widget', version, widgetTarball({ name: 'many-widget', version }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const detail = (await (await api.call('/api/v1/widgets/many-widget', { as: casey })).json()) as WidgetDetail;
    expect(detail.versions.map(({ version }) => version).sort()).toEqual([...versions].sort());
    expect(detail.channels).toEqual({ latest: '1.1.0' });
  });

  it('gives a name to the team that publishes first', async () => {
    const body = widgetTarball({ name: 'owned-widget' });
    const wrongTeam = await api.publish('owned-widget', '1.0.0', body, publisherOf('platform'));
    expect(wrongTeam.status).toBe(403);
    expect((await problemOf(wrongTeam)).code).toBe('team_mismatch');
    expect((await api.publish('owned-widget', '1.0.0', body)).status).toBe(201);
    const other = widgetTarball({ name: 'owned-widget', version: '1.0.1', manifest: { publisher: 'platform' } });
    const taken = await api.publish('owned-widget', '1.0.1', other, publisherOf('platform'));
    expect(taken.status).toBe(403);
    expect((await problemOf(taken)).code).toBe('name_owned');
  });

  it('refuses a name that is easily taken for one of another team, before the upload is read', async () => {
    expect((await api.publish('wind-maps', '1.0.0', widgetTarball({ name: 'wind-maps' }))).status).toBe(201);
    const risk = publisherOf('risk');
    const of = (name: string, publisher = 'risk') => widgetTarball({ name, manifest: { publisher } });
    for (const name of ['wind-map', 'windmaps', 'wlnd-maps', 'wind-rnaps', 'wind-mpas']) {
      const refused = await api.publish(name, '1.0.0', new Uint8Array(), risk);
      const { code: why, detail } = await problemOf(refused);
      expect([refused.status, why]).toEqual([409, 'name_lookalike']);
      expect(detail).toContain('wind-maps of the team markets-data');
      expect(detail).toContain(`${name}=risk to LOOKALIKES_ALLOWED`);
    }
    // The own team may; so may one that the instance allows it to, and nobody else.
    expect((await api.publish('wind-map', '1.0.0', widgetTarball({ name: 'wind-map' }))).status).toBe(201);
    expect((await api.publish('wind-maps2', '1.0.0', of('wind-maps2', 'platform'), publisherOf('platform'))).status).toBe(409);
    expect((await api.publish('wind-maps2', '1.0.0', of('wind-maps2'), risk)).status).toBe(201);
    // What is published goes on, whatever looks like it.
    const next = widgetTarball({ name: 'wind-maps2', version: '1.0.1', manifest: { publisher: 'risk' } });
    expect((await api.publish('wind-maps2', '1.0.1', next, risk)).status).toBe(201);
    expect((await api.publish('tide-table', '1.0.0', of('tide-table'), risk)).status).toBe(201);
  });

  it('needs a publish token, whoever is signed in', async () => {
    const body = widgetTarball({ name: 'no-token' });
    const signedIn = await api.publish('no-token', '1.0.0', body, person('dana', ['admin']));
    expect([signedIn.status, (await problemOf(signedIn)).code]).toEqual([403, 'bearer_token_required']);
    const nobody = await api.publish('no-token', '1.0.0', body, { kind: 'nobody' });
    expect([nobody.status, (await problemOf(nobody)).code]).toEqual([401, 'session_unknown']);
  });

  const file = (path: string, content = 'x'): Entry => ({ path, content });
  const bad = (code: string, input: WidgetInput, status = 422) => ({ code, status, body: widgetTarball({ name: 'bad-widget', ...input }) });
  const raw = (code: string, body: Buffer, status = 422) => ({ code, status, body });
  const settings = (schema: unknown): WidgetInput => ({ manifest: { settings: schema } });
  const nested = (depth: number): unknown => Array.from({ length: depth }).reduce((inner) => [inner], 1);
  const good = widgetTarball({ name: 'bad-widget' });

  it.each([
    ['something that is no gzip', raw('tarball_malformed', Buffer.from('not an archive'), 400)],
    ['a gzip that is cut off', raw('tarball_malformed', good.subarray(0, good.length - 20), 400)],
    ['a gzip of something else', raw('tarball_malformed', gzipSync(Buffer.alloc(2000, 'x')), 400)],
    ['a tar that is cut off', raw('tarball_malformed', gzipSync(tar(widgetEntries({ name: 'bad-widget' })).subarray(0, 1800)), 400)],
    ['an empty body', raw('tarball_malformed', Buffer.alloc(0), 400)],
    ['an empty archive', raw('manifest_missing', tarball([{ path: 'dist', type: 'Directory' }]))],
    ['a path that leaves the archive', bad('path_unsafe', { extra: [file('dist/../../etc/passwd')] })],
    ['a path that starts with ..', bad('path_unsafe', { extra: [file('../evil.mjs')] })],
    ['an absolute path', bad('path_unsafe', { extra: [file('/etc/passwd')] })],
    ['a drive letter', bad('path_unsafe', { extra: [file('C:/evil.mjs')] })],
    ['a backslash', bad('path_unsafe', { extra: [file('dist\\evil.mjs')] })],
    ['a control character', bad('path_unsafe', { extra: [file('dist/a\nb.mjs')] })],
    ['a hidden file', bad('path_unsafe', { extra: [file('dist/.env.json')] })],
    ['a path that a URL would read differently', bad('path_unsafe', { extra: [file('dist/a%2e.mjs')] })],
    ['a symlink', bad('entry_type_refused', { extra: [{ path: 'dist/a.mjs', type: 'SymbolicLink', linkpath: '/etc/passwd' }] })],
    ['a hard link', bad('entry_type_refused', { extra: [{ path: 'dist/a.mjs', type: 'Link', linkpath: 'package.json' }] })],
    ['a device', bad('entry_type_refused', { extra: [{ path: 'dist/a.mjs', type: 'CharacterDevice' }] })],
    ['a fifo', bad('entry_type_refused', { extra: [{ path: 'dist/a.mjs', type: 'FIFO' }] })],
    ['a path twice', bad('path_duplicate', { extra: [file('dist/a.mjs'), file('dist/a.mjs', 'y')] })],
    ['paths that differ in case', bad('path_duplicate', { extra: [file('dist/a.mjs'), file('dist/A.mjs')] })],
    ['a name that is file and folder', bad('path_duplicate', { extra: [file('dist/a.mjs'), file('dist/a.mjs/b.mjs')] })],
    ['too many entries', bad('too_many_entries', { extra: Array.from({ length: 500 }, (_, i) => file(`dist/${i}.mjs`)) })],
    ['more than 60 MB unpacked', raw('tarball_too_large', gzipSync(Buffer.alloc(70 * 1024 * 1024)), 413)],
    ['a file beside dist', bad('path_unexpected', { extra: [file('src/index.mjs')] })],
    ['media that widget.json does not name', bad('path_unexpected', { extra: [file('other.svg')] })],
    ['HTML', bad('file_type_refused', { extra: [file('dist/index.html', '<script>alert(1)</script>')] })],
    ['a source map', bad('file_type_refused', { extra: [file('dist/a.mjs.map')] })],
    ['a style sheet', bad('file_type_refused', { extra: [file('dist/a.css')] })],
    ['a file without a type', bad('file_type_refused', { extra: [file('dist/LICENSE')] })],
    ['no widget.json', bad('manifest_missing', { without: ['widget.json'] })],
    ['no package.json', bad('package_missing', { without: ['package.json'] })],
    ['no entry', bad('entry_missing', { without: ['dist/remoteEntry.mjs'] })],
    ['no icon', bad('media_missing', { without: ['icon.svg'] })],
    ['an element that is no tag', bad('manifest_invalid', { manifest: { element: 'rating' } })],
    ['another name', bad('name_mismatch', { name: 'other-widget' })],
    ['another version', bad('version_mismatch', { version: '1.0.1' })],
    ['a javascript: link', bad('manifest_invalid', { manifest: { homepage: 'javascript:alert(1)' } })],
    ['an icon outside', bad('manifest_invalid', { manifest: { icon: '../icon.svg' } })],
    ['settings that are no object', bad('settings_invalid', settings({ type: 'string' }))],
    ['a schema that is none', bad('settings_invalid', settings({ type: 'object', properties: { a: { type: 'strung' } } }))],
    [
      'a default that does not hold',
      bad('settings_invalid', settings({ type: 'object', properties: { a: { type: 'number', default: 'x' } } })),
    ],
    [
      'a reference outside',
      bad('settings_invalid', settings({ type: 'object', properties: { a: { $ref: 'https://example.com/x', default: 1 } } })),
    ],
    [
      'a default that a pattern of letters over letters refuses',
      bad(
        'settings_invalid',
        settings({ type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$', default: `${'a'.repeat(60)}!` } } }),
      ),
    ],
    ['a widget.json of absurd depth', bad('manifest_invalid', settings({ type: 'object', default: nested(2000) }))],
    [
      'a container manifest of absurd depth',
      bad('container_invalid', {
        without: ['dist/mf-manifest.json'],
        extra: [file('dist/mf-manifest.json', '['.repeat(100_000) + ']'.repeat(100_000))],
      }),
    ],
    ['an event handler as setting', bad('settings_invalid', settings({ type: 'object', properties: { onclick: {} } }))],
    ['a style as setting', bad('settings_invalid', settings({ type: 'object', properties: { style: {} } }))],
    ['a setting in capitals', bad('settings_invalid', settings({ type: 'object', properties: { Symbol: {} } }))],
    ['a source that is not offered', bad('source_refused', { manifest: { sources: ['payroll'] } })],
    [
      'code in the container manifest',
      bad('public_path_refused', {
        without: ['dist/mf-manifest.json'],
        extra: [file('dist/mf-manifest.json', JSON.stringify({ metaData: { deep: [{ getPublicPath: 'return 1' }] } }))],
      }),
    ],
    [
      'code in a container manifest that is written otherwise',
      bad('public_path_refused', {
        without: ['dist/mf-manifest.json'],
        extra: [file('dist/MF-Manifest.JSON', JSON.stringify({ metaData: { getPublicPath: 'return 1' } }))],
      }),
    ],
    [
      'code in a container manifest of another name',
      bad('public_path_refused', { extra: [file('dist/other.json', '{"metaData":{"getPublic\\u0050ath":"return 1"}}')] }),
    ],
    ['a homepage with a line break', bad('manifest_invalid', { manifest: { homepage: 'https://example.com/\nx' } })],
    ['a homepage with a NUL', bad('manifest_invalid', { manifest: { homepage: 'https://example.com/\u0000' } })],
    ['a homepage that turns its direction', bad('manifest_invalid', { manifest: { homepage: 'https://example.com/\u202e' } })],
    ['a homepage that hides where it leads', bad('manifest_invalid', { manifest: { homepage: 'https://example.com@example.org/' } })],
    ['a homepage at a port that cannot be', bad('manifest_invalid', { manifest: { homepage: 'https://example.com:99999/' } })],
    ['a repository at numbers that are no address', bad('manifest_invalid', { manifest: { repository: 'https://1.2.3.4.5/x' } })],
    ['a homepage without a host', bad('manifest_invalid', { manifest: { homepage: 'https://' } })],
    ['a repository with a tab', bad('manifest_invalid', { manifest: { repository: 'https://example.com/\tx' } })],
    ['an expose that the container does not have', bad('expose_missing', { manifest: { expose: './other' } })],
  ])('refuses %s', async (_what, { code, status, body }) => {
    const answer = await api.publish('bad-widget', '1.0.0', body);
    const problem = await problemOf(answer);
    expect([answer.status, problem.code]).toEqual([status, code]);
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
    // Nothing of it may be seen.
    expect((await api.call('/api/v1/widgets/bad-widget', { as: casey })).status).toBe(404);
    expect((await api.call('/remotes/bad-widget/1.0.0/dist/remoteEntry.mjs')).status).toBe(404);
  });

  it('names an unknown key of widget.json and the nearest known one', async () => {
    const answer = await api.publish('bad-widget', '1.0.0', widgetTarball({ name: 'bad-widget', manifest: { catagories: ['x'] } }));
    const problem = await problemOf(answer);
    expect([answer.status, problem.code]).toEqual([422, 'manifest_invalid']);
    expect(problem.errors).toContainEqual({ path: '/catagories', message: 'unknown key "catagories", did you mean "categories"?' });
  });

  it('answers an upload of more than 20 MB with a problem', async () => {
    const answer = await api.publish('bad-widget', '1.0.0', Buffer.alloc(21 * 1024 * 1024, 1));
    expect([answer.status, (await problemOf(answer)).code]).toEqual([413, 'tarball_too_large']);
  });

  it('refuses another media type, a version that is none and a path that is unknown', async () => {
    const json = await api.call('/api/v1/widgets/bad-widget/versions/1.0.0', { as: publisherOf('markets-data'), method: 'PUT', body: {} });
    expect([json.status, (await problemOf(json)).code]).toEqual([415, 'media_type_unsupported']);
    const version = await api.publish('bad-widget', '1.2', good);
    expect([version.status, (await problemOf(version)).code]).toEqual([400, 'request_invalid']);
    const zeros = await api.publish('bad-widget', '01.0.0', good);
    expect([zeros.status, (await problemOf(zeros)).code]).toEqual([422, 'version_invalid']);
    const path = await api.call('/api/v1/wodgets', { as: casey });
    expect([path.status, (await problemOf(path)).code]).toEqual([404, 'path_unknown']);
    const method = await api.call('/api/v1/widgets', { as: casey, method: 'DELETE' });
    expect([method.status, (await problemOf(method)).code]).toEqual([405, 'method_not_allowed']);
  });

  it.each(['x[__proto__]=1', '__proto__=1', 'q[]=a', 'q[a]=b', 'constructor[prototype][x]=1', 'q=a&q=b'])(
    'refuses the query %s, which asks for what the contract does not have',
    async (query) => {
      const answer = await api.call(`/api/v1/widgets?${query}`, { as: casey });
      expect([answer.status, (await problemOf(answer)).code]).toEqual([400, 'request_invalid']);
      expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
    },
  );

  it('answers malformed JSON, and JSON of 10 MB, with a problem', async () => {
    const headers = { 'content-type': 'application/json' };
    const malformed = await api.call('/api/v1/resolve', { as: casey, method: 'POST', body: '{"widgets": [', headers });
    expect([malformed.status, (await problemOf(malformed)).code]).toEqual([400, 'json_malformed']);
    const large = await api.call('/api/v1/layouts', {
      as: casey,
      method: 'POST',
      body: JSON.stringify({ title: 'x'.repeat(10_000_000) }),
      headers,
    });
    expect([large.status, (await problemOf(large)).code]).toEqual([413, 'body_too_large']);
  });

  it('writes down who published what', async () => {
    expect((await api.call('/api/v1/audit', { as: casey })).status).toBe(403);
    const answer = await api.call('/api/v1/audit?limit=200', { as: person('dana', ['admin']) });
    const { items } = (await answer.json()) as { items: { action: string; subject: string; actor: string }[] };
    expect(items.filter(({ subject }) => subject === 'good-widget@1.0.0')).toMatchObject([
      { action: 'widget.publish', actor: 'token:t-markets-data' },
    ]);
    expect(items.some(({ subject }) => subject.startsWith('bad-widget'))).toBe(false);
  });

  it('lists which contexts a widget takes and gives, wherever its widget.json says so', async () => {
    const manifest = {
      title: 'Contexts',
      categories: [],
      listensFor: ['fdc3.instrument'],
      broadcasts: ['team.order'],
      intents: [{ name: 'ViewChart', contexts: ['fdc3.instrument', 'fdc3.contact'] }],
      bindings: {
        inputs: [{ context: 'team.rows', take: 'rows', property: 'rows' }],
        outputs: [{ event: 'change', property: 'value', context: 'team.pick', as: 'value' }],
      },
      samples: [{ type: 'team.rows', rows: [1, 2] }],
    };
    expect((await api.publish('context-widget', '1.0.0', widgetTarball({ name: 'context-widget', manifest }))).status).toBe(201);
    const contexts = { listensFor: ['fdc3.instrument', 'team.rows', 'fdc3.contact'], broadcasts: ['team.order', 'team.pick'] };
    const listed = await api.call('/api/v1/widgets?limit=200', { as: casey });
    const { items } = (await listed.json()) as { items: WidgetSummary[] };
    expect(items.find(({ name }) => name === 'context-widget')).toMatchObject(contexts);
    expect(await (await api.call('/api/v1/widgets/context-widget', { as: casey })).json()).toMatchObject(contexts);
  });

  it('knows them as well of a widget that was listed before they were kept with it', async () => {
    expect(
      (
        await api.publish(
          'older-widget',
          '1.0.0',
          widgetTarball({ name: 'older-widget', manifest: { title: 'Older', categories: [], listensFor: ['team.old'] } }),
        )
      ).status,
    ).toBe(201);
    const store = await openWidgetStore(storage);
    const record = await store.find('older-widget');
    if (!record) throw new Error('it was published');
    const { contexts: _, ...listing } = record.listing;
    expect(await store.commit({ ...record, revision: record.revision + 1, listing }, [])).toBe(true);
    const { items } = (await (await api.call('/api/v1/widgets?q=older', { as: casey })).json()) as { items: WidgetSummary[] };
    expect(items).toMatchObject([{ name: 'older-widget', listensFor: ['team.old'], broadcasts: [] }]);
  });

  it('lists and finds what was published', async () => {
    const answer = await api.call('/api/v1/widgets?q=seri+chart&category=markets&limit=1', { as: casey });
    const page = (await answer.json()) as { items: WidgetSummary[]; next: string | null; total: number; categories: string[] };
    expect(page.items).toHaveLength(1);
    expect(page.items[0]).toMatchObject({
      name: 'good-widget',
      icon: '/remotes/good-widget/1.0.0/icon.svg',
      layouts: 0,
      channels: { latest: '1.0.0' },
    });
    expect(page.categories).toEqual(['Markets']);
    const second = await api.call(`/api/v1/widgets?q=seri&limit=200&cursor=${page.next}`, { as: casey });
    expect(((await second.json()) as { items: unknown[] }).items).toHaveLength(page.total - 1);
    const broken = await api.call('/api/v1/widgets?cursor=nonsense', { as: casey });
    expect([broken.status, (await problemOf(broken)).code]).toEqual([400, 'cursor_invalid']);
  });
});
