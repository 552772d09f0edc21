/**
 * Every operation of the contract that writes, on a disk that takes no more: 507, nothing half written, and done once there is space. An
 * operation that is not in this table fails the test.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessRequest, Layout, LayoutContentInput, Problem, Token, Trust, User } from '@datamesh/contracts';
import { registryDocument } from '@datamesh/contracts/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config';
import type { Caller } from './http/caller';
import { openServiceTokens, type TicketAudience } from './identity/keys/service-token';
import { beginSession } from './identity/sessions/session';
import { identityStores } from './identity/stores';
import { createTickets } from './identity/tickets';
import type { WorkloadIssuer } from './identity/workload/issuer';
import { openSqlite, type Storage } from './storage/storage';
import { type ApiCall, type CallOptions, person, publisherOf, startTestApi, type TestApi } from './testing/api';
import { Browser } from './testing/browser';
import { type CompanyIssuer, startCompanyIssuer } from './testing/company-issuer';
import { heartbeatOf, syncOf } from './testing/heartbeat';
import { widgetTarball } from './testing/tarball';

const dana = person('dana', ['admin'], ['sales']);
const casey = person('casey', ['viewer'], []);
const team = publisherOf('markets-data');
const setUp: Caller = { kind: 'bootstrap' };
/** Nobody signs in here: an issuer that is never asked. */

type Ask = (api: TestApi) => ApiCall | Promise<ApiCall>;

const content: LayoutContentInput = {
  title: 'Morning',
  visibility: 'private',
  tree: { type: 'stack', active: 0, panels: ['p1'] },
  panels: { p1: { widget: 'series-chart@1.0.0' } },
};

async function made<T>(api: TestApi, path: string, options: CallOptions): Promise<T> {
  const answer = await api.call(`/api/v1${path}`, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json().catch(() => undefined)) as T;
}
const newLayout = async (api: TestApi) => (await made<Layout>(api, '/layouts', { as: dana, method: 'POST', body: content })).id;
const ofLayout =
  (rest: string, options: CallOptions, before?: CallOptions): Ask =>
  async (api) => {
    const path = `/layouts/${await newLayout(api)}${rest}`;
    if (before) await made(api, path, { as: dana, ...before });
    return { path, as: dana, ...options };
  };
let patch = 0;
const ofSales = async (api: TestApi) => {
  const body = { ...content, department: 'sales', visibility: 'department' };
  return (await made<Layout>(api, '/layouts', { as: dana, method: 'POST', body })).id;
};
async function newVersion(api: TestApi): Promise<string> {
  const version = `2.0.${patch++}`;
  expect((await api.publish('series-chart', version, widgetTarball({ version }))).status).toBe(201);
  return `/widgets/series-chart/versions/${version}`;
}
const issuer = 'https://issuer.example';
const trust = { team: 'markets-data', issuer, subject: 'system:serviceaccount:markets:chart', may: ['register'] };
const hold = { as: team, method: 'PUT', body: { reason: 'x', version: '1.0.0' } };
/** A pod that runs the widget; each call is of another lease. */
const pod = { kind: 'workload', issuer, subject: 'system:serviceaccount:markets:pod', claims: {} } satisfies Caller;
let lease = 0;
function beat(channel: string): ApiCall {
  lease += 1;
  return {
    path: `/deployments/6f1c9d1e-6f2b-4c39-9d0b-${String(lease).padStart(12, '0')}`,
    as: pod,
    method: 'PUT',
    body: heartbeatOf({
      channel,
      deployment: { uid: `d-${channel}`, name: 'chart', namespace: 'markets', cluster: null },
      pod: { uid: `p-${lease}`, name: `chart-${lease}` },
    }),
  };
}
const openDashboard = { path: '/open-dashboards/6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a11', as: dana };
const presence = '/presence/6f1c9d1e-6f2b-4c39-9d0b-0a4f4f0d5a12';
const mine = { method: 'PUT', body: { panels: {} } };
const draft = { method: 'PUT', body: { base: 1, content } };

const writes: Record<string, Ask> = {
  createToken: () => ({ path: '/tokens', as: setUp, method: 'POST', body: { team: 'platform', name: 'CI' } }),
  revokeToken: async (api) => {
    const body = { team: 'platform', name: 'CI' };
    return { path: `/tokens/${(await made<Token>(api, '/tokens', { as: setUp, method: 'POST', body })).id}`, as: setUp, method: 'DELETE' };
  },
  putDepartment: () => ({ path: '/departments/hr', as: setUp, method: 'PUT', body: { title: 'People' } }),
  putPin: async (api) => ({ path: '/pins/sales', as: setUp, method: 'PUT', body: { layout: await ofSales(api) } }),
  pinLayout: async (api) => ({ path: `/pins/sales/${await ofSales(api)}`, as: setUp, method: 'PUT', body: {} }),
  unpinLayout: async (api) => {
    const path = `/pins/sales/${await ofSales(api)}`;
    await made(api, path, { as: setUp, method: 'PUT', body: {} });
    return { path, as: setUp, method: 'DELETE' };
  },
  publishVersion: () => ({
    path: '/widgets/series-chart/versions/3.0.0',
    as: team,
    method: 'PUT',
    body: widgetTarball({ version: '3.0.0', code: 'export const what = "was never here";' }),
    headers: { 'content-type': 'application/gzip' },
  }),
  deprecateVersion: async (api) => ({ path: `${await newVersion(api)}/deprecate`, as: team, method: 'POST', body: { reason: 'old' } }),
  yankVersion: async (api) => ({ path: `${await newVersion(api)}/yank`, as: team, method: 'POST', body: { reason: 'broken' } }),
  promote: () => ({ path: '/widgets/series-chart/channels/stable', as: team, method: 'PUT', body: { version: '1.0.0' } }),
  holdChannel: () => ({ path: '/widgets/series-chart/channels/canary/hold', ...hold }),
  liftHold: async (api) => {
    await made(api, '/widgets/series-chart/channels/beta/hold', hold);
    return { path: '/widgets/series-chart/channels/beta/hold', as: team, method: 'DELETE' };
  },
  reportOpenDashboard: () => ({ ...openDashboard, method: 'PUT', body: { widgets: [{ name: 'series-chart', version: '1.0.0' }] } }),
  closeOpenDashboard: async (api) => {
    await made(api, openDashboard.path, { ...openDashboard, method: 'PUT', body: { widgets: [] } });
    return { ...openDashboard, method: 'DELETE' };
  },
  addTrust: () => ({ path: '/trusts', as: team, method: 'POST', body: trust }),
  removeTrust: async (api) => {
    const body = { ...trust, subject: 'system:serviceaccount:markets:table' };
    return { path: `/trusts/${(await made<Trust>(api, '/trusts', { as: team, method: 'POST', body })).id}`, as: team, method: 'DELETE' };
  },
  heartbeat: () => beat('live'),
  reportSync: () => ({ path: '/syncs', as: team, method: 'POST', body: syncOf({ startedAt: new Date(patch++).toISOString() }) }),
  endLease: async (api) => {
    const { path, ...options } = beat('next');
    await made(api, path, options);
    return { path, as: pod, method: 'DELETE' };
  },
  releaseChannel: async (api) => {
    const { path, ...options } = beat('pilot');
    await made(api, path, options);
    // Nothing of it runs any more; the channel is the deployment's all the same.
    await made(api, path, { as: pod, method: 'DELETE' });
    return { path: '/widgets/series-chart/channels/pilot/owner', as: team, method: 'DELETE' };
  },
  createLayout: () => ({ path: '/layouts', as: dana, method: 'POST', body: content }),
  saveLayout: ofLayout('', { method: 'PUT', body: { ...content, title: 'Evening' }, headers: { 'if-match': '"1"' } }),
  deleteLayout: ofLayout('', { method: 'DELETE' }),
  restoreLayout: async (api) => {
    const path = `/layouts/${await newLayout(api)}`;
    await made(api, path, { as: dana, method: 'DELETE' });
    return { path: `${path}/restore`, as: dana, method: 'POST' };
  },
  starLayout: ofLayout('/star', { method: 'PUT' }),
  unstarLayout: ofLayout('/star', { method: 'DELETE' }, { method: 'PUT' }),
  reportPresence: ofLayout(presence, { method: 'PUT', body: { editing: true, panel: null } }),
  endPresence: ofLayout(presence, { method: 'DELETE' }, { method: 'PUT', body: { editing: false, panel: null } }),
  noteOpened: ofLayout('/opened', { method: 'PUT' }),
  cloneLayout: ofLayout('/clone', { method: 'POST', body: {} }),
  shareLayout: ofLayout('/sharing', {
    method: 'PUT',
    body: { department: null, visibility: 'company', grants: [] },
    headers: { 'if-match': '"1"' },
  }),
  requestAccess: async (api) => {
    // Who has been here before: the harness writes nothing more of them.
    await made(api, '/session', { as: casey });
    return { path: `/layouts/${await newLayout(api)}/access-requests`, as: casey, method: 'POST', body: { may: 'view' } };
  },
  answerAccessRequest: async (api) => {
    await made(api, `/layouts/${await newLayout(api)}/access-requests`, { as: casey, method: 'POST', body: { may: 'view' } });
    const { items } = await made<{ items: AccessRequest[] }>(api, '/access-requests', { as: dana });
    return { path: `/access-requests/${items.at(-1)?.id}`, as: dana, method: 'PUT', body: { answer: 'view' } };
  },
  pullLayout: async (api) => {
    const { id } = await made<Layout>(api, `/layouts/${await newLayout(api)}/clone`, { as: dana, method: 'POST', body: {} });
    return { path: `/layouts/${id}/pull`, as: dana, method: 'POST', body: { revision: 1, content }, headers: { 'if-match': '"1"' } };
  },
  nameRevision: ofLayout('/revisions/1/name', { method: 'PUT', body: { name: 'As agreed' } }),
  putMine: ofLayout('/mine', mine),
  changeMine: ofLayout('/mine', { ...mine, method: 'PATCH' }),
  deleteMine: ofLayout('/mine', { method: 'DELETE' }, mine),
  putDraft: ofLayout('/draft', draft),
  deleteDraft: ofLayout('/draft', { method: 'DELETE' }, draft),
};

/** With a cookie, or with the ticket of a page, as a browser's window does: further below. */
const windows = ['signOut', 'backChannelLogout', 'revokeTokenByPage', 'eraseByPage'];

/** Write nothing that lasts: never a 500 is all that is asked of them here. */
const others: Record<string, Ask> = {
  resolve: () => ({ path: '/resolve', as: dana, method: 'POST', body: { widgets: ['series-chart@1.0.0'] } }),
  verifyAudit: () => ({ path: '/audit/verification', as: dana, method: 'POST' }),
};

const writing = Object.values(registryDocument.paths).flatMap((item) =>
  Object.entries(item as Record<string, { operationId: string }>)
    .filter(([method]) => ['put', 'post', 'delete', 'patch'].includes(method))
    .map(([, { operationId }]) => operationId),
);

// The kernel refuses to let files of this process grow, as a full disk would.
const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);

describe.runIf(process.platform === 'linux')('on a full disk', { timeout: 120_000 }, () => {
  let api: TestApi;
  let storage: Storage;
  let tracker: Server;
  let company: CompanyIssuer;
  let trackerSays: { status: number; body: object } = { status: 202, body: {} };
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  beforeAll(async () => {
    storage = openSqlite(join(folder, 'registry.db'));
    const workloadIssuers: WorkloadIssuer[] = [
      { issuer, audience: 'datamesh-registry', algorithms: ['RS256'], jwks: `${issuer}/jwks`, ca: null, token: null, singleUse: false },
    ];
    tracker = createServer((request, response) => {
      request.resume();
      const { status, body } = trackerSays;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => tracker.listen(0, '127.0.0.1', listening));
    const trackerUrl = `http://127.0.0.1:${(tracker.address() as AddressInfo).port}`;
    company = await startCompanyIssuer();
    const { oidc } = readConfig(company.env);
    const options = { devIssuer: false, oidc, signOutAtIssuer: false, dataDir: folder, workloadIssuers, trackerUrl };
    api = await startTestApi(async () => storage, options);
    await company.serve(api.url);
    expect((await api.publish('series-chart', '1.0.0', widgetTarball())).status).toBe(201);
    await made(api, '/departments/sales', { as: setUp, method: 'PUT', body: { title: 'Sales' } });
    await made(api, '/trusts', { as: team, method: 'POST', body: { ...trust, subject: pod.subject, channels: ['live', 'next', 'pilot'] } });
    await newLayout(api);
  }, 240_000);
  afterEach(() => void limit('unlimited'));
  afterAll(async () => {
    await api.stop();
    tracker.close();
    await company.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every row and every file. */
  function everything(): unknown {
    if (storage.kind !== 'sqlite') throw new Error('this suite is about files');
    const { database } = storage;
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
    const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
    // The end of the audit log is noted in the background, tried again until there is space.
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map(({ name }) => name).filter((name) => !name.startsWith('audit-head.json'));
    return { rows, files: names.sort() };
  }
  const send = ({ path, ...options }: ApiCall) => api.call(`/api/v1${path}`, options);

  it('every operation that may write is asked', () => {
    expect([...Object.keys(writes), ...windows, ...Object.keys(others)].sort()).toEqual(writing.sort());
  });

  it.each(Object.entries(writes))('%s: 507, nothing half written, and done when there is space', async (_, ask) => {
    const asked = await ask(api);
    limit('1');
    const before = everything();
    const refused = await send(asked);
    const { code } = (await refused.json()) as Problem;
    expect([refused.status, code]).toEqual([507, 'storage_full']);
    expect(everything()).toEqual(before);
    expect((await send({ path: '/layouts', as: dana })).status).toBe(200);
    limit('unlimited');
    const done = await send(asked);
    expect(done.status, await done.text()).toBeLessThan(300);
  });

  it.each(Object.entries(others))('%s: no 500', async (_, ask) => {
    const asked = await ask(api);
    limit('1');
    expect((await send(asked)).status).not.toBe(500);
  });

  describe('for a browser’s window', () => {
    const user: User = { id: 'robin', name: 'Robin', roles: ['publisher'], departments: [], teams: ['platform'] };
    /** Of somebody who has signed in just now. */
    async function ticketFor(audience: TicketAudience): Promise<string> {
      const { keys } = await identityStores(storage);
      const { publicUrl } = readConfig({ DATAMESH_DEV_ISSUER: '1' });
      const tokens = await openServiceTokens(keys, publicUrl, Date.now);
      return createTickets(tokens).give({ user, authTime: Math.floor(Date.now() / 1000) }, audience, Date.now());
    }
    const submit = async (path: string, fields: Record<string, string>): Promise<[number, string | undefined]> => {
      const answer = await new Browser(api.url).submit(`/api/v1${path}`, fields);
      const text = await answer.text();
      return [answer.status, /"code":"(\w+)"/.exec(text)?.[1] ?? /<code>(\w+)<\/code>/.exec(text)?.[1]];
    };

    it('signOut: 507, the session lives on, and ends when there is space', async () => {
      const { sessions } = await identityStores(storage);
      const { cookie, record } = beginSession({ user, authTime: 0 }, { idle: 3_600_000, absolute: 3_600_000 }, Date.now());
      await sessions.add(record, []);
      const signOut = () => api.call('/api/v1/session/sign-out', { method: 'POST', headers: { cookie: `dm_session=${cookie}` } });
      limit('1');
      const before = everything();
      const refused = await signOut();
      expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([507, 'storage_full']);
      // A browser that forgot it would leave a session that nobody can end.
      expect(refused.headers.getSetCookie()).toEqual([]);
      expect(everything()).toEqual(before);
      expect(await sessions.findBySid(record.sid, Date.now())).toBeDefined();
      limit('unlimited');
      expect((await signOut()).status).toBe(204);
      expect(await sessions.findBySid(record.sid, Date.now())).toBeUndefined();
    });

    it('backChannelLogout: 507, the session lives on, and ends when the issuer says it again', async () => {
      const { sessions } = await identityStores(storage);
      const { record } = beginSession({ user, authTime: 0 }, { idle: 3_600_000, absolute: 3_600_000 }, Date.now());
      await sessions.add(record, []);
      const body = new URLSearchParams({ logout_token: await company.logoutToken({ sub: user.id }) });
      const say = () => fetch(`${api.url}/api/v1/session/back-channel-logout`, { method: 'POST', body });
      limit('1');
      const before = everything();
      expect((await say()).status).toBe(507);
      expect(everything()).toEqual(before);
      limit('unlimited');
      expect((await say()).status).toBe(200);
      expect(await sessions.findBySid(record.sid, Date.now())).toBeUndefined();
    });

    it('revokeTokenByPage: 507, the token stays as it is, and is revoked by the same page when there is space', async () => {
      const { tokens } = await identityStores(storage);
      const { id } = await made<Token>(api, '/tokens', { as: setUp, method: 'POST', body: { team: 'platform', name: 'CI' } });
      const ticket = await ticketFor('registry-api/tokens');
      // Made by the set-up: an admin may revoke it.
      user.roles = ['admin'];
      const admins = await ticketFor('registry-api/tokens');
      user.roles = ['publisher'];
      expect(await submit('/session/tokens', { id, ticket })).toEqual([404, 'token_unknown']);
      limit('1');
      const before = everything();
      expect(await submit('/session/tokens', { id, ticket: admins })).toEqual([507, 'storage_full']);
      expect(everything()).toEqual(before);
      expect((await tokens.find(id))?.revokedAt).toBeNull();
      limit('unlimited');
      expect((await submit('/session/tokens', { id, ticket: admins }))[0]).toBe(200);
      expect((await tokens.find(id))?.revokedAt).not.toBeNull();
    });

    it('eraseByPage: is the tracker’s to write down, and its full disk is told; the registry’s keeps nobody from being forgotten', async () => {
      const fields = { site: 'dashboard', ticket: await ticketFor('registry-api/erasure') };
      limit('1');
      const before = everything();
      trackerSays = { status: 507, body: { code: 'storage_full', detail: 'The disk takes no more.' } };
      expect(await submit('/session/erasure', fields)).toEqual([507, 'storage_full']);
      trackerSays = { status: 202, body: { site: 'dashboard', at: new Date(0).toISOString() } };
      expect((await submit('/session/erasure', fields))[0]).toBe(200);
      expect(everything()).toEqual(before);
    });
  });

  it('the audit log is whole afterwards', async () => {
    expect(await made(api, '/audit/verification', { as: dana, method: 'POST' })).toMatchObject({ ok: true });
  });
});
