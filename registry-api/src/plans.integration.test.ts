/**
 * No request reads all that there is of something: each operation of the contract is asked, and every query that a store made of it is held
 * against its indexes. An operation or a parameter that is not asked here fails the test, so that a new query is found by itself.
 */
import { randomUUID } from 'node:crypto';
import type { Layout, LayoutContentInput } from '@datamesh/contracts';
import { registryDocument } from '@datamesh/contracts/node';
import { describe, expect, it } from 'vitest';
import type { Caller } from './http/caller';
import { identityStores } from './identity/stores';
import { keptInBin } from './layouts/bin/bin';
import { sweepBin } from './layouts/bin/sweep';
import { layoutStores } from './layouts/stores';
import { migrateMongo } from './storage/mongo/schema';
import type { Storage } from './storage/storage';
import { type CallOptions, person, publisherOf, startTestApi, type TestApi } from './testing/api';
import { heartbeatOf, syncOf } from './testing/heartbeat';
import { reach } from './testing/plans/mongo-index';
import type { Plans } from './testing/plans/plan';
import { watchPlans } from './testing/plans/plans';
import { freshMongo, stores } from './testing/stores';
import { widgetTarball } from './testing/tarball';
import { openWidgetStore } from './widgets/module';

const issuer = 'https://issuer.example';
const pod: Caller = { kind: 'workload', issuer, subject: 'system:serviceaccount:markets:chart', claims: {} };
const alex = person('alex', ['power-user'], ['sales']);
const casey = person('casey', ['viewer'], ['sales', 'risk']);
const robin = person('robin', ['viewer'], ['operations']);
/** Of the widget's team. */
const marketeer = person('mika', ['publisher'], ['sales'], ['markets-data']);
const admin = person('dana', ['admin'], []);
const setUp: Caller = { kind: 'bootstrap' };
const token = publisherOf('markets-data');

const content = (symbol: string): LayoutContentInput => ({
  title: 'Morning round',
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@^1', settings: { symbol } } },
});
const sharing = { department: 'sales', visibility: 'department', grants: [{ to: 'user:robin', may: 'view' }] };

/** What is read from end to end, and why that may be. Anything else fails. */
const wholly: { query: RegExp; why: string }[] = [
  { query: /^SELECT head FROM layouts WHERE id NOT IN/, why: 'once, when the service starts' },
  { query: /^SELECT id, head ->> '\$\.title' AS title, binned_at FROM layouts ORDER BY id$/, why: 'once, when the service starts' },
  { query: /^SELECT record FROM widgets$/, why: 'once, when the service starts' },
  { query: /^SELECT id FROM layouts WHERE binned_at IS NULL$/, why: 'once, when the service starts' },
  { query: /^SELECT seq, at, actor, action, subject, entry FROM audit ORDER BY seq DESC LIMIT 1$/, why: 'ends at its first row' },
  { query: /^find blobs\.files \{ \}$/, why: 'ends at its first document: the driver looks whether there is one' },
  { query: /FROM \w+_(pending|events) ORDER BY position LIMIT/, why: 'what waits for the relay, and nothing else, is in it' },
  { query: /FROM departments ORDER BY id$|^find departments \{ \}$/, why: 'the answer is all of them' },
  { query: /FROM tokens WHERE revokedAt IS NULL ORDER BY/, why: 'the answer is all that are in use, and its index holds no other' },
  { query: /^SELECT DISTINCT widget, channel FROM leases$/, why: 'leases are of pods that run, and are looked at together' },
  { query: /^SELECT DISTINCT room FROM migrations/, why: 'once, when the service starts' },
  { query: /FROM lease_watch$|^UPDATE lease_watch/, why: 'one row' },
  { query: /^SELECT name, publisher AS owner FROM widgets$|^find widgets \{ \}$/, why: 'a name that is new is compared with every other' },
  { query: /^DELETE FROM widget_contents WHERE put_at/, why: 'the collection, every six hours' },
  { query: /^count sign_ins \{ \}$/, why: 'what the collection itself knows' },
  { query: /^find sign_ins \{ \}$|^DELETE FROM sign_ins WHERE hash IN/, why: 'walks an index up to the most that are kept' },
];

const methods = ['get', 'put', 'post', 'delete', 'patch'];
interface Operation {
  operationId: string;
  parameters?: ({ name: string; in: string } | { $ref: string })[];
}
const operations = Object.values(registryDocument.paths).flatMap((item) =>
  Object.entries(item as Record<string, Operation>)
    .filter(([method]) => methods.includes(method))
    .map(([, operation]) => operation),
);
const parameters = (registryDocument as unknown as { components: { parameters: Record<string, { name: string; in: string }> } }).components
  .parameters;
/** `listLayouts?q` for each parameter in an address. */
const questions = operations.flatMap(({ operationId, parameters: own = [] }) => [
  operationId,
  ...own
    .map((one) => ('$ref' in one ? parameters[one.$ref.split('/').at(-1) ?? ''] : one))
    .flatMap((one) => (one?.in === 'query' ? [`${operationId}?${one.name}`] : [])),
]);

/** Asks everything once; gives what was asked, as in `questions`. */
async function askEverything(api: TestApi): Promise<string[]> {
  const asked = new Set<string>();
  async function ask<T>(
    operation: string,
    method: string,
    path: string,
    options: CallOptions & { expect?: number | 'anything' } = {},
  ): Promise<T> {
    asked.add(operation);
    for (const name of new URL(path, api.url).searchParams.keys()) asked.add(`${operation}?${name}`);
    const { expect: wanted, ...rest } = options;
    const gone = new AbortController();
    const answer = await api.call(`/api/v1${path}`, { method, ...rest, signal: gone.signal });
    if (operation === 'streamEvents') {
      gone.abort();
      return undefined as T;
    }
    const text = await answer.text();
    const isWanted = wanted === 'anything' || (wanted === undefined ? answer.ok : answer.status === wanted);
    if (!isWanted) throw new Error(`${operation} ${path}: ${answer.status} ${text}`);
    return (text.startsWith('{') ? JSON.parse(text) : undefined) as T;
  }
  const as = (caller: Caller, body?: unknown, headers: Record<string, string> = {}) => ({ as: caller, body, headers });
  const form = (text: string) => ({ as: admin, body: text, headers: { 'content-type': 'application/x-www-form-urlencoded' }, expect: 403 });

  for (const version of ['1.0.0', '1.1.0'])
    await ask('publishVersion', 'PUT', `/widgets/series-chart/versions/${version}`, {
      ...as(token, widgetTarball({ version })),
      headers: { 'content-type': 'application/gzip' },
    });
  const widget = '/widgets/series-chart';
  await ask('promote', 'PUT', `${widget}/channels/stable`, as(token, { version: '1.0.0' }));
  await ask('listWidgets', 'GET', '/widgets', as(alex));
  const page = await ask<{ next: string | null }>(
    'listWidgets',
    'GET',
    '/widgets?q=hart%20ser&category=Markets&publisher=markets-data&limit=1',
    as(alex),
  );
  expect(page.next).toBeNull();
  await ask('listWidgets', 'GET', `/widgets?cursor=${Buffer.from('"a"').toString('base64url')}`, as(alex));
  await ask('getWidget', 'GET', widget, as(alex));
  await ask('getVersion', 'GET', `${widget}/versions/1.0.0`, as(alex));
  await ask('resolve', 'POST', '/resolve', as(alex, { widgets: ['series-chart@stable', 'series-chart@^1', 'no-such@1.0.0'] }));
  await ask('holdChannel', 'PUT', `${widget}/channels/stable/hold`, as(token, { reason: 'x', version: '1.0.0' }));
  await ask('liftHold', 'DELETE', `${widget}/channels/stable/hold?at=2020-01-01T00:00:00.000Z`, { ...as(admin), expect: 409 });
  await ask('liftHold', 'DELETE', `${widget}/channels/stable/hold`, as(token));

  await ask(
    'addTrust',
    'POST',
    '/trusts',
    as(token, { team: 'markets-data', issuer, subject: pod.kind === 'workload' ? pod.subject : '', may: ['register'] }),
  );
  const trusts = await ask<{ items: { id: string }[] }>('listTrusts', 'GET', '/trusts?team=markets-data', as(token));
  const lease = randomUUID();
  const heartbeat = heartbeatOf({ version: '1.1.0' });
  for (let beat = 0; beat < 2; beat++) await ask('heartbeat', 'PUT', `/deployments/${lease}`, as(pod, heartbeat));
  await ask('reportSync', 'POST', '/syncs', as(token, syncOf()));
  await ask('listDeployments', 'GET', '/deployments?widget=series-chart', as(token));
  await ask('releaseChannel', 'DELETE', `${widget}/channels/stable/owner`, { ...as(token), expect: 409 });
  await ask('endLease', 'DELETE', `/deployments/${lease}`, as(pod));
  await ask('listChannelMoves', 'GET', `${widget}/history?limit=1`, as(token));
  await ask('listChannelMoves', 'GET', `${widget}/history?cursor=${Buffer.from('9').toString('base64url')}`, as(token));
  await ask('removeTrust', 'DELETE', `/trusts/${trusts.items[0]?.id}`, as(token));
  await ask('reportOpenDashboard', 'PUT', `/open-dashboards/${lease}`, as(alex, { widgets: [{ name: 'series-chart', version: '1.0.0' }] }));
  await ask('countOpenDashboards', 'GET', `${widget}/open-dashboards`, as(token));
  await ask('closeOpenDashboard', 'DELETE', `/open-dashboards/${lease}`, as(alex));
  await ask('deprecateVersion', 'POST', `${widget}/versions/1.1.0/deprecate`, as(token, { reason: 'old' }));

  await ask('putDepartment', 'PUT', '/departments/sales', as(setUp, { title: 'Sales' }));
  await ask('listDepartments', 'GET', '/departments', as(alex));
  const { id } = await ask<Layout>('createLayout', 'POST', '/layouts', as(alex, content('AAPL')));
  const layout = `/layouts/${id}`;
  await ask('shareLayout', 'PUT', `${layout}/sharing`, as(alex, sharing, { 'if-match': '"1"' }));
  await ask('saveLayout', 'PUT', layout, as(alex, content('MSFT'), { 'if-match': '"2"' }));
  await ask('putPin', 'PUT', '/pins/sales', as(setUp, { layout: id }));
  await ask('pinLayout', 'PUT', `/pins/sales/${id}`, as(setUp, { home: true }));
  await ask('getPin', 'GET', '/pins/sales?include=resolution', as(alex));
  await ask('getPin', 'GET', `/pins/sales?layout=${id}`, as(alex));
  await ask('unpinLayout', 'DELETE', `/pins/sales/${id}`, as(setUp));
  await ask('starLayout', 'PUT', `${layout}/star`, as(casey));
  await ask('noteOpened', 'PUT', `${layout}/opened`, as(casey));
  await ask('reportPresence', 'PUT', `${layout}/presence/${lease}`, as(alex, { editing: true, panel: null }));
  await ask('endPresence', 'DELETE', `${layout}/presence/${lease}`, as(alex));
  const scopes = ['mine', 'shared', 'department', 'company', 'starred', 'recent', 'bin'].map((scope) => `&scope=${scope}`);
  for (const scope of ['', ...scopes, '&q=mor%20ound'])
    for (const sort of ['changed', 'title'])
      for (const caller of [casey, admin]) await ask('listLayouts', 'GET', `/layouts?limit=1&sort=${sort}${scope}`, as(caller));
  const position = Buffer.from(JSON.stringify({ updatedAt: '2100-01-01T00:00:00.000Z', id })).toString('base64url');
  const titled = Buffer.from(JSON.stringify({ title: 'a', id })).toString('base64url');
  for (const query of [`cursor=${position}`, `sort=title&cursor=${titled}`])
    for (const caller of [casey, admin]) await ask('listLayouts', 'GET', `/layouts?${query}`, as(caller));
  await ask('getLayout', 'GET', `${layout}?include=resolution,lineage`, as(casey));
  await ask('listLayoutTitles', 'GET', `/layout-titles?id=${id}&include=tree`, as(casey));
  await ask('findHoldingLayouts', 'GET', '/holding-layouts?widget=series-chart&limit=1', as(token));
  const holding = '/holding-layouts?widget=series-chart&source=markets&setting=symbol&value=AAPL';
  for (const caller of [marketeer, admin]) {
    await ask('findHoldingLayouts', 'GET', holding, as(caller));
    await ask('findHoldingLayouts', 'GET', `/holding-layouts?widget=series-chart&cursor=${position}`, as(caller));
  }
  await ask('getLayoutAccess', 'GET', `${layout}/access`, as(alex));
  const person = Buffer.from(JSON.stringify({ sorted: 'a', id: 'a' })).toString('base64url');
  for (const query of ['', '?limit=1', `?cursor=${person}`, `?q=al&cursor=${person}`])
    await ask('listAccounts', 'GET', `/accounts${query}`, as(admin));
  await ask('findPeople', 'GET', '/people?q=al%20le', as(casey));
  await ask('listRevisions', 'GET', `${layout}/revisions?limit=1`, as(alex));
  await ask('listRevisions', 'GET', `${layout}/revisions?cursor=${Buffer.from('2').toString('base64url')}`, as(alex));
  await ask('getRevision', 'GET', `${layout}/revisions/1`, as(alex));
  await ask('nameRevision', 'PUT', `${layout}/revisions/1/name`, as(alex, { name: 'As agreed' }));
  await ask('putMine', 'PUT', `${layout}/mine`, as(casey, { panels: {} }));
  await ask('changeMine', 'PATCH', `${layout}/mine`, as(casey, { panels: {} }));
  await ask('deleteMine', 'DELETE', `${layout}/mine`, as(casey));
  await ask('putDraft', 'PUT', `${layout}/draft`, as(alex, { base: 3, content: content('GOOG') }));
  await ask('getDraft', 'GET', `${layout}/draft`, as(alex));
  const { tag: first } = await ask<{ tag: string }>('getDraft', 'GET', `${layout}/draft`, as(alex));
  const next = { base: 3, content: content('GOOG') };
  const { tag } = await ask<{ tag: string }>('putDraft', 'PUT', `${layout}/draft`, as(alex, next, { 'if-match': `"${first}"` }));
  await ask('putDraft', 'PUT', `${layout}/draft`, { ...as(alex, next, { 'if-none-match': '*' }), expect: 412 });
  await ask('deleteDraft', 'DELETE', `${layout}/draft`, as(alex, undefined, { 'if-match': `"${tag}"` }));
  await ask('deleteDraft', 'DELETE', `${layout}/draft`, as(alex));
  const copy = await ask<Layout>('cloneLayout', 'POST', `${layout}/clone`, as(casey, { title: 'Mine' }));
  await ask('saveLayout', 'PUT', layout, as(alex, content('IBM'), { 'if-match': '"3"' }));
  await ask('getUpstream', 'GET', `/layouts/${copy.id}/upstream`, as(casey));
  const pulled = { revision: 4, content: { ...content('IBM'), department: null, visibility: 'private' } };
  await ask('pullLayout', 'POST', `/layouts/${copy.id}/pull`, as(casey, pulled, { 'if-match': '"1"' }));
  await ask('requestAccess', 'POST', `/layouts/${copy.id}/access-requests`, as(robin, { may: 'view' }));
  const requests = await ask<{ items: { id: string }[] }>('listAccessRequests', 'GET', '/access-requests', as(casey));
  await ask('answerAccessRequest', 'PUT', `/access-requests/${requests.items[0]?.id}`, as(casey, { answer: 'view' }));
  await ask('unstarLayout', 'DELETE', `${layout}/star`, as(casey));
  await ask('deleteLayout', 'DELETE', `/layouts/${copy.id}`, as(casey));
  await ask('listLayouts', 'GET', `/layouts?scope=bin&cursor=${position}`, as(casey));
  await ask('listLayoutTitles', 'GET', `/layout-titles?id=${copy.id}&include=tree`, as(casey));
  await ask('restoreLayout', 'POST', `/layouts/${copy.id}/restore`, as(casey));
  await ask('deleteLayout', 'DELETE', `/layouts/${copy.id}`, as(casey));
  await ask('deleteLayout', 'DELETE', `/layouts/${copy.id}?forever=true`, as(casey));
  // Stays in the bin, for the sweep.
  const swept = await ask<Layout>('cloneLayout', 'POST', `${layout}/clone`, as(casey, { title: 'Mine' }));
  await ask('deleteLayout', 'DELETE', `/layouts/${swept.id}`, as(casey));

  const made = await ask<{ id: string }>('createToken', 'POST', '/tokens', as(setUp, { team: 'platform', name: 'CI' }));
  await ask('listTokens', 'GET', '/tokens', as(admin));
  await ask('listTokens', 'GET', '/tokens', as(setUp));
  await ask('revokeToken', 'DELETE', `/tokens/${made.id}`, as(setUp));
  await ask('getSession', 'GET', '/session', as(alex));
  // This address has no issuer: what a sign-in asks of the store is asked below.
  await ask('signIn', 'GET', '/session/sign-in?return_to=%2F&fresh=true', { expect: 'anything' });
  await ask('signInCallback', 'GET', '/session/callback?code=c&state=s&iss=i&error=e&error_description=d&session_state=x', {
    expect: 'anything',
  });
  await ask('newTokenPage', 'GET', '/session/tokens/new?team=platform&department=sales&name=x&days=1', { ...as(admin), expect: 403 });
  await ask('tokenListPage', 'GET', '/session/tokens?token=x', { ...as(admin), expect: 403 });
  await ask('revokeTokenByPage', 'POST', '/session/tokens', form('id=x&ticket=x'));
  await ask('erasurePage', 'GET', '/session/erasure?site=dashboard&user=x', { ...as(admin), expect: 403 });
  await ask('eraseByPage', 'POST', '/session/erasure', form('site=dashboard&ticket=x'));
  await ask('listAudit', 'GET', '/audit?limit=2', as(admin));
  const entry = Buffer.from(JSON.stringify({ at: '2100-01-01T00:00:00.000Z', seq: 3 })).toString('base64url');
  for (const one of ['', '&actor=user:alex', '&action=pin.put', '&subject=department:sales', '&actor=user:alex&action=pin.put'])
    await ask('listAudit', 'GET', `/audit?cursor=${entry}&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z${one}`, as(admin));
  await ask('verifyAudit', 'POST', '/audit/verification', as(admin));
  await ask('verifyAudit', 'POST', '/audit/verification?wait=false', as(admin));
  await ask('readSettings', 'GET', '/settings', as(admin));
  await ask('readAuditVerification', 'GET', '/audit/verification', as(admin));
  await ask('streamEvents', 'GET', '/events?after=1', as(alex));
  await ask('yankVersion', 'POST', `${widget}/versions/1.1.0/yank`, as(token, { reason: 'broken' }));
  await ask('backChannelLogout', 'POST', '/session/back-channel-logout', { ...form('logout_token=x'), expect: 'anything' });
  await ask('signOut', 'POST', '/session/sign-out', as(alex));
  return [...asked];
}

/** What no request asks. */
async function sweep(storage: Storage): Promise<void> {
  // What is in the bin is as old as it has to be.
  await sweepBin(await layoutStores(storage), () => Date.now() + 2 * keptInBin);
}

/** Who somebody is, which the API of the tests does not ask. */
async function authenticate(storage: Storage): Promise<void> {
  const { sessions, tokens } = await identityStores(storage);
  const now = Date.now();
  await sessions.find('a', now);
  await sessions.findBySid('a', now);
  await sessions.ofPerson('a', now);
  await sessions.ofIssuerSession('a', now);
  await sessions.touch('a', { lastSeenAt: now, idleUntil: now });
  await sessions.remove('a', () => []);
  const signIn = { hash: 'a', nonce: 'n', verifier: 'v', returnTo: '/', fresh: false, startedAt: now, until: now + 1000 };
  for (const hash of ['a', 'b', 'c']) await sessions.beginSignIn({ ...signIn, hash }, 2);
  await sessions.takeSignIn('a', now);
  await sessions.sweep(now);
  await tokens.findByHash('a');
  await tokens.used('a', new Date(now).toISOString());
  await tokens.list('user:alex');
}

describe.each(stores())('queries on $name', ({ name, open }) => {
  it('are led to what they ask for by an index, whatever is asked', async () => {
    let storage: Storage | undefined;
    let plans: Plans | undefined;
    const api = await startTestApi(
      async () => {
        storage = name === 'sqlite' ? await open() : await freshMongo(monitored(process.env['TEST_MONGO_URL'] ?? ''));
        plans = watchPlans(storage);
        return storage;
      },
      {
        workloadIssuers: [
          { issuer, audience: 'datamesh-registry', algorithms: ['RS256'], jwks: `${issuer}/jwks`, ca: null, token: null, singleUse: false },
        ],
      },
    );
    try {
      expect((await askEverything(api)).sort()).toEqual([...new Set(questions)].sort());
      if (storage) {
        await sweep(storage);
        await authenticate(storage);
      }
      const found = (await plans?.all()) ?? [];
      expect(found.length).toBeGreaterThan(50);
      expect(found.filter(({ query, scans }) => scans !== null && !wholly.some((one) => one.query.test(query)))).toEqual([]);
    } finally {
      await api.stop();
    }
  });
});

const mongo = stores().find(({ name }) => name === 'mongo');
describe.skipIf(!mongo)('an index of an older version that led nowhere', () => {
  it('makes room for the one that does', async () => {
    const storage = await mongo?.open();
    if (storage?.kind !== 'mongo') throw new Error('no MongoDB to test on');
    try {
      const { connection } = storage;
      await connection.collection('schema').deleteMany({});
      await connection.collection('widgets').createIndex({ 'pending.id': 1 });
      await migrateMongo(connection);
      await openWidgetStore(storage);
      const [made] = (await connection.collection('widgets').indexes()).filter(({ key }) => 'pending.id' in key);
      expect(made).toMatchObject({ sparse: true });
    } finally {
      await storage.close();
    }
  });
});

function monitored(url: string): string {
  const server = new URL(url);
  server.searchParams.set('monitorCommands', 'true');
  return server.toString();
}

describe('an index of MongoDB', () => {
  const indexes = [
    { fields: ['_id'], sparse: false },
    { fields: ['reader', 'at'], sparse: false },
    { fields: ['pending.id'], sparse: true },
    { fields: ['at'], sparse: false },
  ];
  it.each([
    [{ _id: 1 }, null, true],
    [{ reader: 'a', other: 1 }, null, true],
    [{ reader: { $in: ['a'] } }, null, true],
    [{ reader: /^a/ }, null, true],
    [{ at: { $lt: 1 } }, null, true],
    [{ $and: [{ other: 1 }, { reader: 'a' }] }, null, true],
    [{ $or: [{ reader: 'a' }, { at: 1 }] }, null, true],
    [{ 'pending.id': { $exists: true } }, null, true],
    [{}, { at: 1 }, true],
    [{}, null, false],
    [{ other: 1 }, null, false],
    [{ reader: /a/ }, null, false],
    [{ reader: { $ne: 'a' } }, null, false],
    [{ reader: { $exists: true } }, null, false],
    [{ 'pending.id': { $exists: false } }, null, false],
    [{ $or: [{ reader: 'a' }, { other: 1 }] }, null, false],
    [{ $nor: [{ reader: 'a' }] }, null, false],
    [{}, { reader: 1, other: 1 }, false],
  ])('%o in the order %o: %s', (filter, sort, led) => {
    expect(reach(filter, sort, indexes)).toBe(led);
  });
});
