/**
 * What each operation of the two contracts gives to whom, through the edge. One that is not in here fails roles.e2e.ts, so that nobody adds an
 * operation without saying whom it is for.
 */
import type { LayoutContentInput } from '@datamesh/contracts';
import { heartbeatOf, syncOf } from '../../registry-api/src/testing/heartbeat';
import { widgetTarball } from '../../registry-api/src/testing/tarball';

/** Those who are somebody to the services: four people, the sorts of secrets, and a token of another team than the widget's. */
export const known = ['viewer', 'powerUser', 'publisher', 'admin', 'token', 'foreignToken', 'setUp', 'layoutToken'] as const;
export type Known = (typeof known)[number];

/** What a row's request needs to be there. */
export interface Things {
  /** The id of a layout; which one is the test's matter. */
  layout(): Promise<string>;
  /** The id of a publish token of another team, made for this question. */
  token(): Promise<string>;
}
export interface Question {
  /** As registry-api's base path has it; `/api/tracker/v1` in front says otherwise. */
  path: string;
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}
export interface Row {
  answers: readonly (number | 'open')[];
  ask(things: Things): Question | Promise<Question>;
}

const row = (answers: Row['answers'], ask: Row['ask']): Row => ({ answers, ask });
const get = (answers: Row['answers'], path: string): Row => row(answers, () => ({ path }));
const send = (answers: Row['answers'], method: string, path: string, body?: unknown): Row => row(answers, () => ({ path, method, body }));
const form = (answers: Row['answers'], path: string, fields: string): Row =>
  row(answers, () => ({ path, method: 'POST', body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } }));
const ofLayout = (answers: Row['answers'], rest: string, more: Omit<Question, 'path'> = {}): Row =>
  row(answers, async ({ layout }) => ({ path: `/layouts/${await layout()}${rest}`, ...more }));

/** Whose sign-in is asked for whatever the caller is: to be tried by a browser's window alone. */
export const windows = [403, 403, 403, 403, 403, 403, 403, 403];
const anybody = ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open'] as const;
// In the order of `known`: viewer and power user of sales, publisher of operations who is in the widget's team, admin, its token, another's, set-up, token for the layouts of sales.
const everybody = [200, 200, 200, 200, 200, 200, 200, 200];
const people = [200, 200, 200, 200, 403, 403, 403, 403];
const peopleAndSetUp = [200, 200, 200, 200, 403, 403, 200, 403];
const lookingAfter = [403, 403, 200, 200, 200, 403, 200, 403];
const owners = [403, 403, 403, 403, 200, 403, 403, 403];
const admins = [403, 403, 403, 200, 403, 403, 403, 403];
/** The tracker knows sessions only; the edge gives it no token of the registry. */
const figures = [200, 200, 200, 200, 401, 401, 401, 401];
/** Of a site of sales. */
const salesFigures = [200, 200, 404, 200, 401, 401, 401, 401];

/** The widget that is asked about, published and promoted by the test, and whose team it is. */
export const WIDGET = 'role-chart';
export const TEAM = 'markets-data';
const settings = { type: 'object', properties: { note: { type: 'string' } } };
export const chart = (version: string): Buffer => widgetTarball({ name: WIDGET, version, manifest: { publisher: TEAM, settings } });

export const content = (title: string, more: Partial<LayoutContentInput> = {}): LayoutContentInput => ({
  title,
  department: null,
  visibility: 'private',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: `${WIDGET}@stable` } },
  ...more,
});
const shared = content('Shared with sales', { department: 'sales', visibility: 'department' });

let patch = 100;

const widget = `/widgets/${WIDGET}`;
const lease = '6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11';
const heartbeat = heartbeatOf({ widget: WIDGET });
const trust = { team: TEAM, issuer: 'https://issuer.example', subject: 'system:serviceaccount:markets:chart', may: ['register'] };

const hour = 3_600_000;
const range = `from=${new Date(Date.now() - hour).toISOString()}&to=${new Date(Date.now() + hour).toISOString()}`;
const tracker = (answers: Row['answers'], path: string): Row =>
  get(answers, `/api/tracker/v1${path}${path.includes('?') ? '&' : '?'}${range}`);
const both = (path: string): Row[] => [
  tracker(figures, path.replace('SITE', 'site=dashboard')),
  tracker(salesFigures, path.replace('SITE', 'site=shop')),
];

export const table: Record<string, readonly Row[]> = {
  getSession: [get(people, '/session')],
  signIn: [get(anybody, '/session/sign-in')],
  signInCallback: [get(anybody, '/session/callback?state=x')],
  signOut: [send(anybody, 'POST', '/session/sign-out')],
  backChannelLogout: [form(anybody, '/session/back-channel-logout', 'logout_token=x')],
  newTokenPage: [get(windows, '/session/tokens/new')],
  tokenListPage: [get(windows, '/session/tokens')],
  revokeTokenByPage: [form(windows, '/session/tokens', 'id=x&ticket=x')],
  erasurePage: [get(windows, '/session/erasure?site=dashboard')],
  eraseByPage: [form(windows, '/session/erasure', 'site=dashboard&ticket=x')],
  listTokens: [get(peopleAndSetUp, '/tokens')],
  createToken: [send([403, 403, 403, 403, 403, 403, 201, 403], 'POST', '/tokens', { team: 'role-team', name: 'x' })],
  revokeToken: [
    row([403, 403, 403, 403, 403, 403, 204, 403], async ({ token }) => ({ path: `/tokens/${await token()}`, method: 'DELETE' })),
  ],
  listDepartments: [get(peopleAndSetUp, '/departments')],
  putDepartment: [send([403, 403, 403, 200, 403, 403, 200, 403], 'PUT', '/departments/people', { title: 'People' })],
  getPin: [get([200, 200, 403, 200, 403, 403, 200, 200], '/pins/sales?include=layout,resolution')],
  putPin: [
    row([403, 200, 403, 200, 403, 403, 200, 200], async ({ layout }) => ({
      path: '/pins/sales',
      method: 'PUT',
      body: { layout: await layout() },
    })),
  ],
  pinLayout: [
    row([403, 200, 403, 200, 403, 403, 200, 200], async ({ layout }) => ({
      path: `/pins/sales/${await layout()}`,
      method: 'PUT',
      body: { home: true },
    })),
  ],
  // One that was never pinned: that is said to those only who may take it away.
  unpinLayout: [
    row([403, 404, 403, 404, 403, 403, 404, 404], async ({ layout }) => ({ path: `/pins/sales/${await layout()}`, method: 'DELETE' })),
  ],
  listWidgets: [get(everybody, '/widgets')],
  getWidget: [get(everybody, widget)],
  getVersion: [get(everybody, `${widget}/versions/1.0.0`)],
  publishVersion: [
    row([403, 403, 403, 403, 201, 403, 403, 403], () => {
      const version = `1.0.${patch++}`;
      const headers = { 'content-type': 'application/gzip' };
      return { path: `${widget}/versions/${version}`, method: 'PUT', body: chart(version), headers };
    }),
  ],
  deprecateVersion: [send(owners, 'POST', `${widget}/versions/1.0.1/deprecate`, { reason: 'old' })],
  yankVersion: [send(owners, 'POST', `${widget}/versions/1.0.1/yank`, { reason: 'broken' })],
  promote: [send(owners, 'PUT', `${widget}/channels/stable`, { version: '1.0.0' })],
  holdChannel: [send(lookingAfter, 'PUT', `${widget}/channels/stable/hold`, { reason: 'x', version: '1.0.0' })],
  liftHold: [send(lookingAfter, 'DELETE', `${widget}/channels/stable/hold`)],
  releaseChannel: [send([403, 403, 403, 403, 200, 403, 200, 403], 'DELETE', `${widget}/channels/canary/owner`)],
  listChannelMoves: [get(lookingAfter, `${widget}/history`)],
  countOpenDashboards: [get(lookingAfter, `${widget}/open-dashboards`)],
  reportOpenDashboard: [send(people, 'PUT', `/open-dashboards/${lease}`, { widgets: [] })],
  closeOpenDashboard: [send([204, 204, 204, 204, 403, 403, 403, 403], 'DELETE', `/open-dashboards/${lease}`)],
  listDeployments: [get(lookingAfter, `/deployments?widget=${WIDGET}`)],
  // Pods do not come this way: they call registry-api itself.
  heartbeat: [send([403, 403, 403, 403, 403, 403, 403, 403], 'PUT', `/deployments/${lease}`, heartbeat)],
  endLease: [send([403, 403, 403, 403, 403, 403, 403, 403], 'DELETE', `/deployments/${lease}`)],
  reportSync: [send([403, 403, 403, 403, 204, 403, 403, 403], 'POST', '/syncs', syncOf({ widget: WIDGET }))],
  listTrusts: [get([403, 403, 403, 403, 200, 403, 200, 403], `/trusts?team=${TEAM}`)],
  // 422: this instance knows no issuer. Only who may trust somebody is told so.
  addTrust: [send([403, 403, 403, 403, 422, 403, 422, 403], 'POST', '/trusts', trust)],
  removeTrust: [send([403, 403, 403, 403, 404, 404, 404, 403], 'DELETE', '/trusts/unknown')],
  resolve: [send(everybody, 'POST', '/resolve', { widgets: [`${WIDGET}@stable`] })],
  listLayoutTitles: [row(peopleAndSetUp, async ({ layout }) => ({ path: `/layout-titles?id=${await layout()}` }))],
  findHoldingLayouts: [
    get(lookingAfter, `/holding-layouts?widget=${WIDGET}`),
    get([403, 403, 403, 200, 403, 403, 200, 403], '/holding-layouts?setting=note'),
  ],
  listLayouts: [
    get(peopleAndSetUp, '/layouts'),
    get(peopleAndSetUp, '/layouts?scope=department&limit=200'),
    get(peopleAndSetUp, '/layouts?scope=mine'),
  ],
  createLayout: [send([201, 201, 201, 201, 403, 403, 201, 403], 'POST', '/layouts', content('Of one’s own'))],
  getLayout: [ofLayout([200, 200, 404, 200, 403, 403, 200, 200], '?include=layout,resolution')],
  saveLayout: [ofLayout([403, 200, 404, 200, 403, 403, 200, 200], '', { method: 'PUT', body: shared, headers: { 'if-match': '"1"' } })],
  deleteLayout: [ofLayout([403, 403, 404, 204, 403, 403, 204, 403], '', { method: 'DELETE' })],
  restoreLayout: [ofLayout([403, 403, 404, 409, 403, 403, 409, 403], '/restore', { method: 'POST' })],
  starLayout: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/star', { method: 'PUT' })],
  unstarLayout: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/star', { method: 'DELETE' })],
  reportPresence: [
    ofLayout([200, 200, 404, 200, 403, 403, 403, 403], `/presence/${lease}`, { method: 'PUT', body: { editing: false, panel: null } }),
  ],
  endPresence: [ofLayout([204, 204, 404, 204, 403, 403, 403, 403], `/presence/${lease}`, { method: 'DELETE' })],
  noteOpened: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/opened', { method: 'PUT' })],
  cloneLayout: [ofLayout([201, 201, 404, 201, 403, 403, 201, 403], '/clone', { method: 'POST', body: {} })],
  listAccounts: [get(admins, '/accounts')],
  findPeople: [get(peopleAndSetUp, '/people?q=al')],
  listAccessRequests: [get(peopleAndSetUp, '/access-requests')],
  answerAccessRequest: [
    send([404, 404, 404, 404, 403, 403, 404, 403], 'PUT', '/access-requests/00000000-0000-4000-8000-000000000000', { answer: 'decline' }),
  ],
  getLayoutAccess: [ofLayout([403, 200, 404, 200, 403, 403, 200, 403], '/access')],
  shareLayout: [
    ofLayout([403, 403, 404, 200, 403, 403, 200, 403], '/sharing', {
      method: 'PUT',
      body: { department: null, visibility: 'private', grants: [] },
      headers: { 'if-match': '"1"' },
    }),
  ],
  requestAccess: [ofLayout([202, 202, 202, 202, 403, 403, 202, 403], '/access-requests', { method: 'POST', body: { may: 'view' } })],
  getUpstream: [ofLayout([403, 404, 404, 404, 403, 403, 404, 403], '/upstream')],
  pullLayout: [
    ofLayout([403, 404, 404, 404, 403, 403, 404, 403], '/pull', {
      method: 'POST',
      body: { revision: 1, content: shared },
      headers: { 'if-match': '"1"' },
    }),
  ],
  nameRevision: [ofLayout([403, 200, 404, 200, 403, 403, 200, 403], '/revisions/1/name', { method: 'PUT', body: { name: 'As agreed' } })],
  listRevisions: [ofLayout([403, 200, 404, 200, 403, 403, 200, 403], '/revisions')],
  getRevision: [ofLayout([403, 200, 404, 200, 403, 403, 200, 200], '/revisions/1')],
  putMine: [ofLayout([200, 200, 404, 200, 403, 403, 200, 403], '/mine', { method: 'PUT', body: { panels: {} } })],
  changeMine: [ofLayout([200, 200, 404, 200, 403, 403, 200, 403], '/mine', { method: 'PATCH', body: { panels: {} } })],
  deleteMine: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/mine', { method: 'DELETE' })],
  getDraft: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/draft')],
  putDraft: [ofLayout([200, 200, 404, 200, 403, 403, 200, 403], '/draft', { method: 'PUT', body: { base: 1, content: shared } })],
  deleteDraft: [ofLayout([204, 204, 404, 204, 403, 403, 204, 403], '/draft', { method: 'DELETE' })],
  readSettings: [get(admins, '/settings')],
  listAudit: [get(admins, '/audit')],
  readAuditVerification: [get(admins, '/audit/verification')],
  verifyAudit: [send([403, 403, 403, 200, 403, 403, 200, 403], 'POST', '/audit/verification')],
  streamEvents: [get(people, '/events')],

  listSites: [get(figures, '/api/tracker/v1/sites')],
  getSummary: both('/summary?SITE'),
  getSeries: both('/series?SITE'),
  getTop: [...both('/top?SITE&dimension=path'), ...both('/top?SITE&dimension=layout_id')],
  listProps: both('/props?SITE'),
  getSessions: both('/sessions?SITE'),
  getDwell: both('/dwell?SITE'),
  getFunnel: [tracker(figures, '/funnel?site=dashboard&step=path:/a&step=path:/b')],
  getRetention: [tracker(figures, '/retention?site=dashboard')],
  getLive: [get(figures, '/api/tracker/v1/live?site=dashboard'), get(salesFigures, '/api/tracker/v1/live?site=shop')],
  getDrops: both('/drops?SITE'),
  readTrackerSettings: [get([403, 403, 403, 200, 401, 401, 401, 401], '/api/tracker/v1/settings')],
  getWidgetUsage: both('/widgets?SITE'),
  export: [
    ...both('/export?SITE&what=top&dimension=path'),
    // Single events: admins, and members of the site's owner teams.
    tracker([403, 403, 404, 200, 401, 401, 401, 401], '/export?site=shop&what=events'),
    tracker([403, 403, 403, 200, 401, 401, 401, 401], '/export?site=dashboard&what=events'),
  ],
  // By a token for this alone, which no session has: a person's way is /session/erasure.
  eraseVisitor: [send([403, 403, 403, 403, 401, 401, 401, 401], 'POST', '/api/tracker/v1/erasures', { site: 'dashboard' })],
};
