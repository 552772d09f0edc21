/** The built sidecar as a process beside others of its kind, against a real registry-api: what a Deployment's rollouts do to browsers. */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cluster, WIDGET } from './testing/cluster';

describe('a pod’s sidecar', { timeout: 300_000 }, () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await Cluster.start();
  }, 120_000);
  afterEach(() => cluster.stop(), 60_000);

  const eventually = (ask: () => unknown) => expect.poll(ask, { timeout: 90_000, interval: 100 });

  it('publishes and registers its widget; a rollout and a rollback each reach the channel; goodbye and kill -9 change nothing that runs', async () => {
    expect((await cluster.trust()).status).toBe(201);
    const first = await cluster.pod({ version: '1.0.0', revision: 1 });
    await eventually(() => first.command('probe', 'ready')).toBe(0);
    expect(await cluster.stable()).toBe('1.0.0');
    expect(first.said(/^published notes 1\.0\.0$/)).toBe(true);
    expect(first.said(/^registered notes 1\.0\.0, lease [0-9a-f-]+: notes@stable gives 1\.0\.0$/)).toBe(true);
    expect(await first.command('probe', 'live')).toBe(0);

    const second = await cluster.pod({ version: '2.0.0', revision: 2 });
    await eventually(() => cluster.stable()).toBe('2.0.0');
    // Kubernetes raises the old ReplicaSet's revision: nothing else tells a rollback.
    cluster.revisions.set('notes-1.0.0', 3);
    await eventually(() => cluster.stable()).toBe('1.0.0');
    expect(await second.command('drain')).toBe(0);
    await second.end();
    expect(second.said(/^said goodbye for notes 2\.0\.0$/)).toBe(true);

    await first.end('SIGKILL');
    const again = await cluster.pod({ version: '1.0.0', revision: 3 });
    await eventually(() => again.said(/was published before, with the same files/)).toBe(true);
    await eventually(() => again.command('probe', 'ready')).toBe(0);
    expect(await cluster.stable()).toBe('1.0.0');
    const { body } = await cluster.call<{ items: { action: string; details: { version?: string } }[] }>('GET', '/audit');
    const moves = body.items?.filter(({ action }) => action === 'widget.follow').map(({ details }) => details.version);
    if (moves) expect(moves.reverse()).toEqual(['1.0.0', '2.0.0', '1.0.0']);
  });

  it('keeps its pod ready and its channel where it is while the registry is away, and is there when it comes back', async () => {
    await cluster.trust();
    const pod = await cluster.pod({ version: '1.0.0', revision: 1 });
    await eventually(() => pod.command('probe', 'ready')).toBe(0);
    await cluster.killRegistry();
    await eventually(() => pod.said(/the registry does not answer \(ECONNREFUSED\); notes 1\.0\.0 stays as it is/)).toBe(true);
    expect(await pod.command('probe', 'ready')).toBe(0);
    await cluster.startRegistry();
    expect(await cluster.stable()).toBe('1.0.0');
    const before = pod.log.length;
    cluster.revisions.set('notes-1.0.0', 2);
    await eventually(
      async () => (await cluster.call<{ items: { revision: number }[] }>('GET', `/deployments?widget=${WIDGET}`)).body.items[0]?.revision,
    ).toBe(2);
    expect(pod.log.slice(before).filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('stays unready, with the reason in its log, where nobody trusts it or its files are not what was published', async () => {
    await cluster.trust();
    const good = await cluster.pod({ version: '1.0.0', revision: 1 });
    await eventually(() => good.command('probe', 'ready')).toBe(0);

    const stranger = await cluster.pod({ version: '9.0.0', revision: 9, namespace: 'elsewhere' });
    await eventually(() => stranger.said(/^refused: The team platform does not trust system:serviceaccount:elsewhere:notes/)).toBe(true);
    expect(await stranger.command('probe', 'startup')).toBe(0);
    expect(await stranger.command('probe', 'ready')).toBe(1);

    const other = await cluster.pod({ version: '1.0.0', revision: 2, tampered: true });
    await eventually(() => other.said(/^refused: notes 1\.0\.0 was published with other files/)).toBe(true);
    expect(await other.command('probe', 'ready')).toBe(1);
    expect(await cluster.stable()).toBe('1.0.0');
  });

  it('is told of a hold, which freezes the channel until it is lifted; people cannot promote what a cluster moves', async () => {
    await cluster.trust();
    await cluster.pod({ version: '1.0.0', revision: 1 });
    await eventually(() => cluster.stable()).toBe('1.0.0');
    const { body: token } = await cluster.call<{ secret: string }>('POST', '/tokens', { team: 'platform', name: 'test', days: 1 });
    const promote = await fetch(`${cluster.registryUrl}/api/v1/widgets/${WIDGET}/channels/stable`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token.secret}`, 'content-type': 'application/json' },
      body: '{"version":"1.0.0"}',
    });
    expect(promote.status).toBe(409);
    expect(await promote.json()).toMatchObject({ code: 'channel_cluster_owned', detail: expect.stringContaining('markets/notes') });

    const held = await cluster.call('PUT', `/widgets/${WIDGET}/channels/stable/hold`, { reason: '2.0.0 shows wrong prices' });
    expect(held.body).toMatchObject({ channelStates: { stable: { version: '1.0.0', hold: { version: '1.0.0', by: 'user:system' } } } });
    const bad = await cluster.pod({ version: '2.0.0', revision: 2 });
    await eventually(() =>
      bad.said(/^registered notes 2\.0\.0.*notes@stable is held at 1\.0\.0 by user:system: 2\.0\.0 shows wrong prices$/),
    ).toBe(true);
    expect(await cluster.stable()).toBe('1.0.0');
    expect((await cluster.call('DELETE', `/widgets/${WIDGET}/channels/stable/owner`)).status).toBe(409);

    await cluster.call('DELETE', `/widgets/${WIDGET}/channels/stable/hold`);
    expect(await cluster.stable()).toBe('2.0.0');
  });

  it('is small', async () => {
    await cluster.trust();
    const pod = await cluster.pod({ version: '1.0.0', revision: 1 });
    await eventually(() => pod.command('probe', 'ready')).toBe(0);
    const status = await readFile(`/proc/${pod.process.pid}/status`, 'utf8').catch(() => undefined);
    const kib = Number(status?.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
    // A bound that tells a leak or a library too many from noise; docs name the figure that was measured.
    expect(kib / 1024).toBeLessThan(64);
  });
});
