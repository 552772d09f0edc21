import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type Application, createArgoCd, type HistoryEntry } from './argocd';
import { type Rollback, resume, rollback } from './rollback';

const [good, bad] = ['a'.repeat(40), 'b'.repeat(40)];
const history: HistoryEntry[] = [
  { id: 0, revision: good },
  { id: 1, revision: bad },
];

let server: Server | undefined;
afterEach(() => server?.close());

interface World {
  url: string;
  /** What was asked to change something, in order. */
  changes: string[];
  app: Application;
  channel: { owner: { revision: number } | null; hold: { version: string; by: string; reason: string } | null; version: string };
  /** What Argo CD's operation ends with. */
  phase: string;
  /** Whether the older version's pods get ready. */
  podsGetReady: boolean;
}

/** Argo CD and the registry on one port, as far as these commands see them; the real ones are in e2e/cluster. */
async function start(): Promise<World> {
  const world: World = {
    url: '',
    changes: [],
    app: {
      metadata: { name: 'remote-notes' },
      spec: { syncPolicy: { automated: {} } },
      status: { sync: { status: 'Synced', revision: bad }, history },
    },
    channel: { owner: { revision: 2 }, hold: null, version: '2.0.0' },
    phase: 'Succeeded',
    podsGetReady: true,
  };
  const listening = createServer(async (request, response) => {
    const answer = await respond(world, request);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  world.url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  return world;
}

async function respond(world: World, request: IncomingMessage): Promise<unknown> {
  const { app, channel, changes } = world;
  const body = request.method === 'PATCH' || request.method === 'POST' || request.method === 'PUT' ? await json(request) : undefined;
  const asked = `${request.method} ${request.url?.replace('/api/v1', '')}`;
  if (request.method !== 'GET') changes.push(asked);
  if (request.method === 'PATCH') {
    const { spec } = JSON.parse((body as { patch: string }).patch) as Pick<Application, 'spec'>;
    app.spec.syncPolicy = { automated: spec.syncPolicy?.automated ?? null };
  }
  if (asked.includes('/manifests?')) {
    const template = { metadata: { labels: { 'app.kubernetes.io/version': asked.endsWith(good) ? '1.0.0' : '2.0.0' } } };
    return { manifests: [JSON.stringify({ kind: 'Service' }), JSON.stringify({ kind: 'Deployment', spec: { template } })] };
  }
  if (asked.endsWith('/rollback')) {
    const entry = history.find(({ id }) => id === (body as { id: number }).id);
    app.operation = {};
    app.status = { ...app.status, operationState: { phase: world.phase, operation: { sync: { revision: entry?.revision ?? '' } } } };
    app.status.sync = { status: 'OutOfSync', revision: bad };
  } else if (asked.startsWith('GET /applications')) {
    const seen = structuredClone(app);
    // Begun after it was first looked at, as there.
    if (app.operation) {
      delete app.operation;
      if (world.podsGetReady) Object.assign(channel, { owner: { revision: 3 }, version: '1.0.0' });
    }
    return seen;
  }
  if (asked === 'PUT /widgets/notes/channels/stable/hold')
    channel.hold = { version: channel.version, by: 'token', reason: (body as { reason: string }).reason };
  if (asked === 'DELETE /widgets/notes/channels/stable/hold') channel.hold = null;
  return { ...app, name: 'notes', channels: { stable: channel.version }, channelStates: { stable: channel } };
}

function run(world: World, wish: Partial<Rollback> = {}): Promise<string> {
  const said: string[] = [];
  const target = { url: world.url, token: 'dmp_x' };
  const whole = {
    name: 'notes',
    channel: 'stable',
    application: 'remote-notes',
    to: null,
    reason: 'wrong prices',
    timeout: 100,
    target,
    ...wish,
  };
  return rollback(whole, createArgoCd({ url: world.url, token: 't' }), (text) => said.push(text)).then(() => said.join('\n'));
}

function runResume(world: World): Promise<string> {
  const said: string[] = [];
  const wish = { name: 'notes', channel: 'stable', application: 'remote-notes', target: { url: world.url, token: 'dmp_x' } };
  return resume(wish, createArgoCd({ url: world.url, token: 't' }), (text) => said.push(text)).then(() => said.join('\n'));
}

describe('datamesh rollback', () => {
  it('switches auto-sync off, rolls back, holds at what then runs, and says what remains', async () => {
    const world = await start();
    const said = await run(world);
    expect(world.changes).toEqual([
      'PATCH /applications/remote-notes',
      'POST /applications/remote-notes/rollback',
      'PUT /widgets/notes/channels/stable/hold',
    ]);
    expect(world.channel.hold).toMatchObject({ version: '1.0.0', reason: 'wrong prices' });
    expect(said).toMatch(/notes@stable gives 1\.0\.0 and is held there/);
    expect(said).toMatch(/1\. git revert b{12}, and push it/);
    expect(said).toMatch(/2\. datamesh resume notes@stable/);
  });

  it('does not guess where to when auto-sync is off: a second time would be forward again', async () => {
    const world = await start();
    await run(world);
    world.channel.hold = null;
    world.changes.length = 0;
    await expect(run(world)).rejects.toMatchObject({ code: 'rollback_ambiguous', detail: expect.stringContaining('0: aaaaaaaaaaaa') });
    expect(world.changes).toEqual([]);
    await run(world, { to: 0 });
    expect(world.changes).toEqual(['POST /applications/remote-notes/rollback', 'PUT /widgets/notes/channels/stable/hold']);
  });

  it.each([
    ['channel_not_deployed', (world: World) => Object.assign(world.channel, { owner: null })],
    ['channel_held', (world: World) => Object.assign(world.channel, { hold: { version: '1.0.0', by: 'dana', reason: 'why' } })],
    ['rollback_nothing', (world: World) => Object.assign(world.app.status ?? {}, { history: [history[1]] })],
    ['rollback_nothing', (world: World) => Object.assign(world.app.status ?? {}, { history: [] })],
  ] as const)('changes nothing when it ends with %s', async (code, change) => {
    const world = await start();
    change(world);
    await expect(run(world)).rejects.toMatchObject({ code });
    expect(world.changes).toEqual([]);
  });

  it('refuses an entry that the history does not have, with those it has', async () => {
    const world = await start();
    await expect(run(world, { to: 7 })).rejects.toMatchObject({
      code: 'rollback_nothing',
      detail: expect.stringMatching(/no entry 7:\n {2}1: b{12}\n {2}0: a{12}/),
    });
    expect(world.changes).toEqual([]);
  });

  it('puts no hold when Argo CD fails, or when the pods of the older version do not get ready', async () => {
    const failing = await start();
    failing.phase = 'Failed';
    await expect(run(failing)).rejects.toMatchObject({ code: 'rollback_failed' });
    server?.close();
    const waiting = await start();
    waiting.podsGetReady = false;
    await expect(run(waiting, { timeout: 0 })).rejects.toMatchObject({ code: 'rollback_unfinished' });
    for (const { changes } of [failing, waiting]) expect(changes).not.toContain('PUT /widgets/notes/channels/stable/hold');
  });
});

describe('datamesh resume', () => {
  it('refuses while git still says the bad version', async () => {
    const world = await start();
    await run(world);
    world.changes.length = 0;
    await expect(runResume(world)).rejects.toMatchObject({ code: 'not_reverted', detail: expect.stringContaining('bbbbbbbbbbbb') });
    expect(world.changes).toEqual([]);
  });

  it('after the revert: auto-sync on, then the hold lifted', async () => {
    const world = await start();
    await run(world);
    world.changes.length = 0;
    world.app.status = { ...world.app.status, sync: { status: 'Synced', revision: good } };
    expect(await runResume(world)).toMatch(/auto-sync of remote-notes is on\nnotes@stable moves again, and gives 1\.0\.0/);
    expect(world.changes).toEqual(['PATCH /applications/remote-notes', 'DELETE /widgets/notes/channels/stable/hold']);
  });
});

describe('Argo CD’s answers', () => {
  it.each([
    [401, '{"message":"no session information"}', 'argocd_refused', /does not know the token \(no session information\)/],
    [403, '{"message":"permission denied"}', 'argocd_refused', /no application remote-notes that this token may change/],
    [400, '{"message":"rollback cannot be initiated when auto-sync is enabled","code":9}', 'argocd_refused', /auto-sync is enabled/],
    [200, '<html>a sign-in page</html>', 'argocd_unreachable', /not as Argo CD does/],
  ])('%i %s', async (status, text, code, detail) => {
    const listening = createServer((_, response) => void response.writeHead(status).end(text));
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    const argocd = createArgoCd({ url, token: 't' });
    await expect(argocd.application('remote-notes')).rejects.toMatchObject({ code, detail: expect.stringMatching(detail) });
  });

  it('nobody answers', async () => {
    const argocd = createArgoCd({ url: 'http://127.0.0.1:1', token: 't' });
    await expect(argocd.application('remote-notes')).rejects.toMatchObject({ code: 'argocd_unreachable' });
  });
});
