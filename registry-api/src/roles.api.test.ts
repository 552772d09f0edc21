/**
 * Every operation of the contract, asked by everybody: what each gets. An operation that is not in this table fails the test, so that nobody adds
 * one without saying whom it is for.
 */
import type { Layout, LayoutContentInput, Token } from '@datamesh/contracts';
import { registryDocument } from '@datamesh/contracts/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from './http/caller';
import { type ApiCall, type CallOptions, person, publisherOf, startTestApi, type TestApi } from './testing/api';
import { heartbeatOf, syncOf } from './testing/heartbeat';
import { stores } from './testing/stores';
import { widgetTarball } from './testing/tarball';

const callers = {
  nobody: undefined,
  viewer: person('casey', ['viewer'], ['sales']),
  powerUser: person('alex', ['power-user'], ['sales']),
  /** Of another department. */
  publisher: person('robin', ['publisher'], ['operations']),
  admin: person('dana', ['admin'], []),
  token: publisherOf('markets-data'),
  foreignToken: publisherOf('platform'),
  setUp: { kind: 'bootstrap' },
  /** A pod that nobody trusts with anything. */
  workload: { kind: 'workload', issuer: 'https://issuer.example', subject: 'system:serviceaccount:markets:chart', claims: {} },
  layoutToken: { kind: 'layout-token', id: 't-sales', name: 'CI', department: 'sales' },
} as const satisfies Record<string, Caller | undefined>;
type Role = keyof typeof callers;
const roles = Object.keys(callers) as Role[];

interface Row {
  ask(api: TestApi): ApiCall | Promise<ApiCall>;
  answers: Record<Role, number | 'open'>;
}

const row = (answers: (number | 'open')[], ask: Row['ask']): Row => ({
  ask,
  // A workload may do nothing by itself, and a token for layouts little: where a row does not say more they are refused, or the address is open to anybody.
  answers: Object.fromEntries(
    roles.map((role, index) => [role, answers[index] ?? (answers[0] === 'open' ? 'open' : 403)]),
  ) as Row['answers'],
});

/** A department's layout, made anew for each question: its owner is none of those who ask. */
const olga = person('olga', ['power-user'], ['sales']);
const content: LayoutContentInput = {
  title: 'Morning',
  department: 'sales',
  visibility: 'department',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@stable' } },
};
async function layout(api: TestApi): Promise<string> {
  const answer = await api.call('/api/v1/layouts', { as: olga, method: 'POST', body: content });
  return ((await answer.json()) as Layout).id;
}
const ofLayout =
  (rest: string, options: CallOptions = {}): Row['ask'] =>
  async (api) => ({ path: `/layouts/${await layout(api)}${rest}`, ...options });
/** Beside what is pinned already, in the place of its home. */
async function pinned(api: TestApi): Promise<string> {
  const id = await layout(api);
  expect((await api.call('/api/v1/pins/sales', { as: callers.setUp, method: 'PUT', body: { layout: id } })).status).toBe(200);
  return id;
}
async function token(api: TestApi): Promise<string> {
  const body = { team: 'platform', name: 'CI' };
  const answer = await api.call('/api/v1/tokens', { as: callers.setUp, method: 'POST', body });
  return ((await answer.json()) as Token).id;
}
const chart = (version: string): Buffer => widgetTarball({ version });
let patch = 100;
const lease = '6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11';
const trust = { team: 'markets-data', issuer: 'https://issuer.example', subject: 'system:serviceaccount:markets:chart', may: ['register'] };
const tarball = { headers: { 'content-type': 'application/gzip' } };

// In the order of `callers`: nobody, viewer, powerUser, publisher, admin, token, foreignToken, setUp, workload, layoutToken.
const signedIn = [401, 200, 200, 200, 200, 403, 403, 200];
const people = [401, 200, 200, 200, 200, 403, 403, 403];
const everybodyKnown = [401, 200, 200, 200, 200, 200, 200, 200, 200, 200];
/** Who may promote, and whoever runs the instance. */
const keepers = [401, 403, 403, 403, 403, 200, 403, 200];
/** Who looks after the widget, signed in or not. */
const lookingAfter = [401, 403, 403, 403, 200, 200, 403, 200];
const owners = [401, 403, 403, 403, 403, 200, 403, 403];
const windows = [403, 403, 403, 403, 403, 403, 403, 403];
const anybody = ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'] as const;

const table: Record<string, Row> = {
  getSession: row(people, () => ({ path: '/session' })),
  signIn: row([...anybody], () => ({ path: '/session/sign-in' })),
  signInCallback: row([...anybody], () => ({ path: '/session/callback' })),
  signOut: row([...anybody], () => ({ path: '/session/sign-out', method: 'POST' })),
  backChannelLogout: row([...anybody], () => ({ path: '/session/back-channel-logout', method: 'POST', ...form('logout_token=x') })),
  newTokenPage: row(windows, () => ({ path: '/session/tokens/new' })),
  tokenListPage: row(windows, () => ({ path: '/session/tokens' })),
  revokeTokenByPage: row(windows, () => ({ path: '/session/tokens', method: 'POST', ...form('id=x&ticket=x') })),
  erasurePage: row(windows, () => ({ path: '/session/erasure?site=dashboard' })),
  eraseByPage: row(windows, () => ({ path: '/session/erasure', method: 'POST', ...form('site=dashboard&ticket=x') })),
  listTokens: row(signedIn, () => ({ path: '/tokens' })),
  createToken: row([401, 403, 403, 403, 403, 403, 403, 201], () => ({
    path: '/tokens',
    method: 'POST',
    body: { team: 'platform', name: 'x' },
  })),
  revokeToken: row([401, 403, 403, 403, 403, 403, 403, 204], async (api) => ({ path: `/tokens/${await token(api)}`, method: 'DELETE' })),
  listDepartments: row(signedIn, () => ({ path: '/departments' })),
  putDepartment: row([401, 403, 403, 403, 200, 403, 403, 200], () => ({
    path: '/departments/hr',
    method: 'PUT',
    body: { title: 'People' },
  })),
  getPin: row([401, 200, 200, 403, 200, 403, 403, 200, 403, 200], () => ({ path: '/pins/sales' })),
  putPin: row([401, 403, 200, 403, 200, 403, 403, 200, 403, 200], async (api) => ({
    path: '/pins/sales',
    method: 'PUT',
    body: { layout: await layout(api) },
  })),
  pinLayout: row([401, 403, 200, 403, 200, 403, 403, 200, 403, 200], async (api) => ({
    path: `/pins/sales/${await pinned(api)}`,
    method: 'PUT',
    body: { home: true },
  })),
  unpinLayout: row([401, 403, 204, 403, 204, 403, 403, 204, 403, 204], async (api) => ({
    path: `/pins/sales/${await pinned(api)}`,
    method: 'DELETE',
  })),
  listWidgets: row(everybodyKnown, () => ({ path: '/widgets' })),
  getWidget: row(everybodyKnown, () => ({ path: '/widgets/series-chart' })),
  getVersion: row(everybodyKnown, () => ({ path: '/widgets/series-chart/versions/1.0.0' })),
  publishVersion: row([401, 403, 403, 403, 403, 201, 403, 403], () => {
    const version = `1.0.${patch++}`;
    return { path: `/widgets/series-chart/versions/${version}`, method: 'PUT', body: chart(version), ...tarball };
  }),
  deprecateVersion: row(owners, () => ({
    path: '/widgets/series-chart/versions/1.0.1/deprecate',
    method: 'POST',
    body: { reason: 'old' },
  })),
  yankVersion: row(owners, () => ({ path: '/widgets/series-chart/versions/1.0.1/yank', method: 'POST', body: { reason: 'broken' } })),
  promote: row(owners, () => ({ path: '/widgets/series-chart/channels/stable', method: 'PUT', body: { version: '1.0.0' } })),
  holdChannel: row(lookingAfter, () => ({
    path: '/widgets/series-chart/channels/stable/hold',
    method: 'PUT',
    body: { reason: 'x', version: '1.0.0' },
  })),
  liftHold: row(lookingAfter, () => ({ path: '/widgets/series-chart/channels/stable/hold', method: 'DELETE' })),
  releaseChannel: row(keepers, () => ({ path: '/widgets/series-chart/channels/canary/owner', method: 'DELETE' })),
  listChannelMoves: row(lookingAfter, () => ({ path: '/widgets/series-chart/history' })),
  countOpenDashboards: row(lookingAfter, () => ({ path: '/widgets/series-chart/open-dashboards' })),
  reportOpenDashboard: row(people, () => ({ path: `/open-dashboards/${lease}`, method: 'PUT', body: { widgets: [] } })),
  closeOpenDashboard: row([401, 204, 204, 204, 204, 403, 403, 403], () => ({ path: `/open-dashboards/${lease}`, method: 'DELETE' })),
  listDeployments: row(lookingAfter, () => ({ path: '/deployments?widget=series-chart' })),
  heartbeat: row([401, 403, 403, 403, 403, 403, 403, 403], () => ({ path: `/deployments/${lease}`, method: 'PUT', body: heartbeatOf() })),
  reportSync: row([401, 403, 403, 403, 403, 204, 403, 403], () => ({ path: '/syncs', method: 'POST', body: syncOf() })),
  endLease: row([401, 403, 403, 403, 403, 403, 403, 403, 204], () => ({ path: `/deployments/${lease}`, method: 'DELETE' })),
  listTrusts: row([401, 403, 403, 403, 403, 200, 403, 200], () => ({ path: '/trusts?team=markets-data' })),
  // 422: this instance knows no issuer. Only who may trust somebody is told so.
  addTrust: row([401, 403, 403, 403, 403, 422, 403, 422], () => ({ path: '/trusts', method: 'POST', body: trust })),
  removeTrust: row([401, 403, 403, 403, 403, 404, 404, 404], () => ({ path: '/trusts/unknown', method: 'DELETE' })),
  resolve: row(everybodyKnown, () => ({ path: '/resolve', method: 'POST', body: { widgets: ['series-chart@stable'] } })),
  listLayoutTitles: row(signedIn, () => ({ path: '/layout-titles?id=00000000-0000-4000-8000-000000000000' })),
  findHoldingLayouts: row(lookingAfter, () => ({ path: '/holding-layouts?widget=series-chart' })),
  listLayouts: row(signedIn, () => ({ path: '/layouts' })),
  createLayout: row([401, 201, 201, 201, 201, 403, 403, 201], () => ({
    path: '/layouts',
    method: 'POST',
    body: { ...content, department: null, visibility: 'private' },
  })),
  getLayout: row([401, 200, 200, 404, 200, 403, 403, 200, 403, 200], ofLayout('')),
  saveLayout: row(
    [401, 403, 200, 404, 200, 403, 403, 200, 403, 200],
    ofLayout('', { method: 'PUT', body: content, headers: { 'if-match': '"1"' } }),
  ),
  deleteLayout: row([401, 403, 403, 404, 204, 403, 403, 204], ofLayout('', { method: 'DELETE' })),
  restoreLayout: row([401, 403, 403, 404, 409, 403, 403, 409], ofLayout('/restore', { method: 'POST' })),
  starLayout: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/star', { method: 'PUT' })),
  unstarLayout: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/star', { method: 'DELETE' })),
  noteOpened: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/opened', { method: 'PUT' })),
  reportPresence: row(
    [401, 200, 200, 404, 200, 403, 403, 403],
    ofLayout(`/presence/${lease}`, { method: 'PUT', body: { editing: false, panel: null } }),
  ),
  endPresence: row([401, 204, 204, 404, 204, 403, 403, 403], ofLayout(`/presence/${lease}`, { method: 'DELETE' })),
  cloneLayout: row([401, 201, 201, 404, 201, 403, 403, 201], ofLayout('/clone', { method: 'POST', body: {} })),
  listAccounts: row([401, 403, 403, 403, 200, 403, 403, 403], () => ({ path: '/accounts' })),
  findPeople: row(signedIn, () => ({ path: '/people?q=al' })),
  listAccessRequests: row(signedIn, () => ({ path: '/access-requests' })),
  answerAccessRequest: row([401, 404, 404, 404, 404, 403, 403, 404], () => ({
    path: '/access-requests/00000000-0000-4000-8000-000000000000',
    method: 'PUT',
    body: { answer: 'decline' },
  })),
  getLayoutAccess: row([401, 403, 200, 404, 200, 403, 403, 200], ofLayout('/access')),
  shareLayout: row(
    [401, 403, 403, 404, 200, 403, 403, 200],
    ofLayout('/sharing', { method: 'PUT', body: { department: null, visibility: 'private', grants: [] }, headers: { 'if-match': '"1"' } }),
  ),
  requestAccess: row([401, 202, 202, 202, 202, 403, 403, 202], ofLayout('/access-requests', { method: 'POST', body: { may: 'view' } })),
  getUpstream: row([401, 403, 404, 404, 404, 403, 403, 404], ofLayout('/upstream')),
  pullLayout: row(
    [401, 403, 404, 404, 404, 403, 403, 404],
    ofLayout('/pull', { method: 'POST', body: { revision: 1, content }, headers: { 'if-match': '"1"' } }),
  ),
  nameRevision: row(
    [401, 403, 200, 404, 200, 403, 403, 200],
    ofLayout('/revisions/1/name', { method: 'PUT', body: { name: 'As agreed' } }),
  ),
  listRevisions: row([401, 403, 200, 404, 200, 403, 403, 200], ofLayout('/revisions')),
  getRevision: row([401, 403, 200, 404, 200, 403, 403, 200, 403, 200], ofLayout('/revisions/1')),
  putMine: row([401, 200, 200, 404, 200, 403, 403, 200], ofLayout('/mine', { method: 'PUT', body: { panels: {} } })),
  changeMine: row([401, 200, 200, 404, 200, 403, 403, 200], ofLayout('/mine', { method: 'PATCH', body: { panels: {} } })),
  deleteMine: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/mine', { method: 'DELETE' })),
  getDraft: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/draft')),
  putDraft: row([401, 200, 200, 404, 200, 403, 403, 200], ofLayout('/draft', { method: 'PUT', body: { base: 1, content } })),
  deleteDraft: row([401, 204, 204, 404, 204, 403, 403, 204], ofLayout('/draft', { method: 'DELETE' })),
  listAudit: row([401, 403, 403, 403, 200, 403, 403, 403], () => ({ path: '/audit' })),
  readSettings: row([401, 403, 403, 403, 200, 403, 403, 403], () => ({ path: '/settings' })),
  readAuditVerification: row([401, 403, 403, 403, 200, 403, 403, 403], () => ({ path: '/audit/verification' })),
  verifyAudit: row([401, 403, 403, 403, 200, 403, 403, 200], () => ({ path: '/audit/verification', method: 'POST' })),
  streamEvents: row(people, () => ({ path: '/events' })),
};

function form(body: string): CallOptions {
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const operations = Object.values(registryDocument.paths).flatMap((item) =>
  Object.entries(item as Record<string, { operationId: string; security?: unknown[] }>).filter(([method]) => methods.includes(method)),
);

describe('who may do what', () => {
  let api: TestApi;
  beforeAll(async () => {
    const [store] = stores();
    if (!store) throw new Error('no store to test on');
    api = await startTestApi(store.open);
    for (const version of ['1.0.0', '1.0.1']) expect((await api.publish('series-chart', version, chart(version))).status).toBe(201);
    const promoted = { as: callers.token, method: 'PUT', body: { version: '1.0.0' } };
    expect((await api.call('/api/v1/widgets/series-chart/channels/stable', promoted)).status).toBe(200);
    const department = { as: callers.setUp, method: 'PUT', body: { title: 'Sales' } };
    expect((await api.call('/api/v1/departments/sales', department)).status).toBe(200);
    const pin = { as: callers.setUp, method: 'PUT', body: { layout: await layout(api) } };
    expect((await api.call('/api/v1/pins/sales', pin)).status).toBe(200);
  });
  afterAll(() => api.stop());

  it('is said of every operation of the contract, and of no other', () => {
    expect(Object.keys(table).sort()).toEqual(operations.map(([, { operationId }]) => operationId).sort());
  });

  it('is open without a sign-in where the contract says so, and nowhere else', () => {
    const open = operations.filter(([, { security }]) => security?.length === 0).map(([, { operationId }]) => operationId);
    const nobodyGets = Object.entries(table).filter(([, { answers }]) => answers.nobody !== 401);
    expect(nobodyGets.map(([name]) => name).sort()).toEqual(open.sort());
  });

  describe.each(Object.entries(table))('%s', (_, { ask, answers }) => {
    it.each(roles)('%s', async (role) => {
      const { path, ...options } = await ask(api);
      const gone = new AbortController();
      const as: Caller | undefined = callers[role];
      const answer = await api.call(`/api/v1${path}`, { ...options, ...(as ? { as } : {}), signal: gone.signal });
      gone.abort();
      const wanted = answers[role];
      if (wanted === 'open') expect([401, 403]).not.toContain(answer.status);
      else expect(answer.status).toBe(wanted);
    });
  });
});
