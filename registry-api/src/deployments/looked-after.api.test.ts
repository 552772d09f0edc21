/** What the people see who look after a widget, and what they may do about it while they are only signed in. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AuditEntry, ChannelMove, LeaseView, RegistryEvent, WidgetDetail } from '@datamesh/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../http/caller';
import { person, publisherOf, startTestApi, type TestApi } from '../testing/api';
import { openStreamReader } from '../testing/event-reader';
import { heartbeatOf, syncOf } from '../testing/heartbeat';
import { stores } from '../testing/stores';
import { widgetTarball } from '../testing/tarball';

const issuer = 'https://issuer.example';
const subject = 'system:serviceaccount:markets:chart';
const pod: Caller = { kind: 'workload', issuer, subject, claims: {} };
const token = publisherOf('markets-data');
const member = withTeams(person('mika', ['publisher'], ['operations']), ['markets-data']);
const stranger = withTeams(person('robin', ['publisher'], ['operations']), ['platform']);
const admin = person('dana', ['admin'], []);

function withTeams(caller: Caller, teams: string[]): Caller {
  return caller.kind === 'user' ? { ...caller, claims: { ...caller.claims, teams } } : caller;
}

interface History {
  items: ChannelMove[];
  next: string | null;
  given: Record<string, string[]>;
}

describe.each(stores())('a widget that is looked after, on $name', ({ open }) => {
  let api: TestApi;
  const path = '/api/v1/widgets/series-chart';
  const ask = async <T>(address: string, as: Caller, method = 'GET', body?: unknown): Promise<{ status: number; body: T }> => {
    const answer = await api.call(address, { as, method, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  const beat = (lease: string, fields: Record<string, unknown> = {}) =>
    ask(
      `/api/v1/deployments/${lease}`,
      pod,
      'PUT',
      heartbeatOf({
        deployment: { uid: 'd', name: 'chart', namespace: 'markets', cluster: 'eu' },
        pod: { uid: lease, name: `chart-${lease.slice(0, 4)}` },
        ...fields,
      }),
    );
  const stable = async () => (await ask<WidgetDetail>(path, admin)).body.channels['stable'];
  const history = async (as: Caller, query = '') => (await ask<History>(`${path}/history${query}`, as)).body;

  /** What it is told when pods of series-chart come, go or change. */
  const podsChanged = ({ type, data }: RegistryEvent): boolean =>
    type === 'deployments.changed' && isDeepStrictEqual(data, { widgets: ['series-chart'] });

  beforeAll(async () => {
    api = await startTestApi(open, {
      workloadIssuers: [
        { issuer, audience: 'datamesh-registry', algorithms: ['RS256'], jwks: `${issuer}/jwks`, ca: null, token: null, singleUse: false },
      ],
    });
    for (const version of ['1.0.0', '1.1.0', '1.2.0'])
      expect((await api.publish('series-chart', version, widgetTarball({ version }))).status).toBe(201);
    const trust = { team: 'markets-data', issuer, subject, may: ['register'] };
    expect((await ask('/api/v1/trusts', token, 'POST', trust)).status).toBe(201);
    expect((await ask(`${path}/channels/stable`, token, 'PUT', { version: '1.0.0' })).status).toBe(200);
  });
  afterAll(() => api.stop());

  it('shows who moved its channels and why, to its team and to admins', async () => {
    const first = randomUUID();
    const second = randomUUID();
    expect((await beat(first)).status).toBe(200);
    expect((await beat(second, { version: '1.1.0', revision: 2 })).status).toBe(200);
    expect(await stable()).toBe('1.1.0');
    const hold = { reason: 'Prices are wrong in 1.1.0', version: '1.0.0' };
    expect((await ask(`${path}/channels/stable/hold`, member, 'PUT', hold)).status).toBe(200);
    expect(await stable()).toBe('1.0.0');

    for (const as of [member, token, admin]) {
      const { items, given } = await history(as);
      expect(items.map(({ what, channel, version }) => [what, channel, version])).toEqual([
        ['hold', 'stable', '1.0.0'],
        ['follow', 'stable', '1.1.0'],
        ['follow', 'stable', '1.0.0'],
        ['promote', 'stable', '1.0.0'],
      ]);
      expect(items[0]).toMatchObject({ by: { kind: 'person', name: 'mika' }, reason: hold.reason, deployment: null });
      expect(items[1]).toMatchObject({
        by: { kind: 'workload', name: subject },
        deployment: { name: 'chart', namespace: 'markets', cluster: 'eu', revision: 2 },
      });
      expect(items[3]).toMatchObject({ by: { kind: 'token', name: 't-markets-data' }, reason: null });
      expect(given).toEqual({ stable: ['1.0.0', '1.1.0'] });
    }
    const page = await history(member, '?limit=3');
    expect(page.items).toHaveLength(3);
    expect(await history(member, `?limit=3&cursor=${page.next}`)).toMatchObject({ items: [{ what: 'promote' }], next: null });
    for (const address of ['history', 'open-dashboards'])
      expect(await ask(`${path}/${address}`, stranger)).toMatchObject({ status: 403, body: { code: 'team_mismatch' } });

    const held = (await ask<WidgetDetail>(path, member)).body.channelStates['stable']?.hold;
    expect(held).toMatchObject({ by: 'user:mika', byName: 'mika', version: '1.0.0', reason: hold.reason });
    const meant = (at: string) => ask<{ code: string }>(`${path}/channels/stable/hold?at=${encodeURIComponent(at)}`, admin, 'DELETE');
    expect(await meant('2020-01-01T00:00:00.000Z')).toMatchObject({ status: 409, body: { code: 'hold_changed' } });
    expect(await stable()).toBe('1.0.0');
    expect((await meant(held?.at ?? '')).status).toBe(200);
    expect(await stable()).toBe('1.1.0');
    expect((await history(admin)).items[0]).toMatchObject({ what: 'follow', version: '1.1.0' });
    expect((await history(admin)).items[1]).toMatchObject({ what: 'lift', by: { kind: 'person', name: 'dana' } });
    for (const lease of [first, second]) await ask(`/api/v1/deployments/${lease}`, pod, 'DELETE');
  });

  it('is held by who is signed in only where its team has put the channel', async () => {
    const before = (await ask<WidgetDetail>(path, admin)).body.channelStates;
    const refused = async (as: Caller, channel: string, body: unknown) =>
      (await ask<{ code: string }>(`${path}/channels/${channel}/hold`, as, 'PUT', body)).body.code;
    expect(await refused(member, 'stable', { reason: 'x', version: '1.2.0' })).toBe('version_never_given');
    expect(await refused(admin, 'canary', { reason: 'x', version: '1.0.0' })).toBe('version_never_given');
    expect(await refused(stranger, 'stable', { reason: 'x' })).toBe('team_mismatch');
    expect(await refused(member, 'latest', { reason: 'x' })).toBe('channel_reserved');
    expect(await refused(token, 'latest', { reason: 'x', version: '1.0.0' })).toBe('channel_reserved');
    expect((await ask<WidgetDetail>(path, admin)).body.channelStates).toEqual(before);
    expect((await ask(`${path}/channels/canary/hold`, token, 'PUT', { reason: 'x', version: '1.2.0' })).status).toBe(200);
    expect((await ask(`${path}/channels/canary/hold`, member, 'DELETE')).status).toBe(200);
  });

  it('says of which commit its channels’ moves are: in the move where that is known by then, else behind it; and nothing else moves', async () => {
    const notifier: Caller = { kind: 'workload', issuer, subject: 'system:serviceaccount:argocd:notifications', claims: {} };
    const report = (as: Caller, fields: Record<string, unknown> = {}) =>
      ask<{ code: string }>('/api/v1/syncs', as, 'POST', syncOf({ cluster: 'eu', startedAt: new Date().toISOString(), ...fields }));
    const given = await stable();
    expect(await report(notifier)).toMatchObject({ status: 403, body: { code: 'workload_not_trusted' } });
    // Pods may register, and say nothing of commits; another team’s token neither.
    expect(await report(pod)).toMatchObject({ status: 403, body: { code: 'workload_not_trusted' } });
    expect(await report(publisherOf('platform'))).toMatchObject({ status: 403, body: { code: 'name_owned' } });
    expect(await report(token, { widget: 'no-such' })).toMatchObject({ status: 404, body: { code: 'widget_unknown' } });
    const trust = { team: 'markets-data', issuer, subject: 'system:serviceaccount:argocd:notifications', may: ['annotate'] };
    expect((await ask('/api/v1/trusts', token, 'POST', trust)).status).toBe(201);

    const page = randomUUID();
    const dashboard = { widgets: [{ name: 'series-chart', version: '1.1.0' }] };
    expect((await ask(`/api/v1/open-dashboards/${page}`, admin, 'PUT', dashboard)).status).toBe(200);
    const moves = (await history(admin)).items.length;
    expect((await report(notifier, { revision: 'aaaa1111' })).status).toBe(204);
    expect(await stable()).toBe(given);
    expect((await history(admin)).items).toHaveLength(moves);
    const deployment = { uid: 'commits', name: 'chart', namespace: 'markets', cluster: 'eu' };
    const first = randomUUID();
    await beat(randomUUID(), { deployment, version: '1.2.0', revision: 1, ready: false });
    await beat(first, { deployment, version: '1.2.0', revision: 1 });
    expect(await stable()).toBe('1.2.0');
    const published = await ask<{ items: AuditEntry[] }>('/api/v1/audit?action=widget.publish&subject=series-chart%401.2.0', admin);
    expect(published.body.items).toHaveLength(1);
    const aaaa = { application: 'remote-series-chart', revision: 'aaaa1111', by: null, author: 'Ada Lovelace' };
    expect((await history(admin)).items[0]).toMatchObject({
      what: 'follow',
      deployment: {
        revision: 1,
        sync: aaaa,
        pods: { ready: 1, all: 2 },
        integrity: published.body.items[0]?.details?.['digest'],
        openDashboards: [{ version: '1.1.0', dashboards: 1 }],
      },
    });

    // Argo CD is slow this time: the pods are there before it tells.
    const startedAt = new Date().toISOString();
    await beat(randomUUID(), { deployment, version: '1.1.0', revision: 2 });
    expect((await history(admin)).items[0]).toMatchObject({ what: 'follow', deployment: { revision: 2 } });
    expect((await history(admin)).items[0]?.deployment?.sync).toBeUndefined();
    for (let times = 0; times < 2; times += 1)
      expect((await report(notifier, { revision: 'bbbb2222', by: 'robin', startedAt })).status).toBe(204);
    const [told, moved] = (await history(admin)).items;
    expect(told).toMatchObject({
      what: 'sync',
      version: '1.1.0',
      by: { kind: 'workload', name: trust.subject },
      deployment: { revision: 2, sync: { revision: 'bbbb2222', by: 'robin' } },
    });
    expect(moved).toMatchObject({ what: 'follow', deployment: { revision: 2 } });
    const owner = (await ask<WidgetDetail>(path, admin)).body.channelStates['stable']?.owner;
    expect(owner).toMatchObject({ version: '1.1.0', sync: { revision: 'bbbb2222' } });
    const { body } = await ask<{ items: LeaseView[] }>('/api/v1/deployments?widget=series-chart', admin);
    for (const { id } of body.items) await ask(`/api/v1/deployments/${id}`, pod, 'DELETE');
    expect((await ask(`/api/v1/open-dashboards/${page}`, admin, 'DELETE')).status).toBe(204);
  });

  it('tells its team and admins of pods that come and go, and nobody else', async () => {
    await using ours = await openStreamReader(api, member, null);
    await using admins = await openStreamReader(api, admin, null);
    await using others = await openStreamReader(api, stranger, null);
    const lease = randomUUID();
    await beat(lease, { ready: false, revision: 3, version: '1.2.0' });
    await ours.takeUntil(podsChanged);
    await admins.takeUntil(podsChanged);
    // The same again is no news; the end is.
    await beat(lease, { ready: false, revision: 3, version: '1.2.0' });
    await ask(`/api/v1/deployments/${lease}`, pod, 'DELETE');
    await ours.takeUntil(podsChanged);
    const { body } = await ask<{ items: LeaseView[] }>('/api/v1/deployments?widget=series-chart', member);
    expect(body.items).toEqual([]);
    // What everybody may know comes after it: the stranger was told of nothing before that.
    await ask(`${path}/channels/beta`, token, 'PUT', { version: '1.0.0' });
    const byStranger = await others.takeUntil(
      ({ type, data }) => type === 'widgets.active-changed' && JSON.stringify(data).includes('beta'),
    );
    expect(byStranger.map(({ type }) => type)).not.toContain('deployments.changed');
  });

  it('counts the dashboards in which each version runs, by their own word', async () => {
    const count = async () => (await ask<{ items: unknown[] }>(`${path}/open-dashboards`, member)).body.items;
    const page = randomUUID();
    const report = (as: Caller, versions: string[], id = page) =>
      ask(`/api/v1/open-dashboards/${id}`, as, 'PUT', { widgets: versions.map((version) => ({ name: 'series-chart', version })) });
    await using news = await openStreamReader(api, member, null);
    expect(await report(admin, ['1.0.0', '1.0.0'])).toEqual({ status: 200, body: { againSeconds: 60 } });
    await news.takeUntil(({ type, data }) => type === 'open-dashboards.changed' && isDeepStrictEqual(data, { widgets: ['series-chart'] }));
    // The same id from another session is another page.
    await report(stranger, ['1.0.0', '1.1.0']);
    expect(await count()).toEqual([
      { version: '1.0.0', dashboards: 2 },
      { version: '1.1.0', dashboards: 1 },
    ]);
    await report(admin, ['1.1.0']);
    expect(await count()).toEqual([
      { version: '1.1.0', dashboards: 2 },
      { version: '1.0.0', dashboards: 1 },
    ]);
    for (const as of [admin, stranger]) expect((await ask(`/api/v1/open-dashboards/${page}`, as, 'DELETE')).status).toBe(204);
    expect(await count()).toEqual([]);
  });
});
