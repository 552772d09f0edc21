/** What goes wrong in a cluster, in the middle of rollouts above all. */
import { expect, it } from 'vitest';
import type { Pod } from '../../../tools/test-cluster/kubernetes-api';
import { REMOTE } from '../harness/manifests';
import { SIDECAR, sidecarProcess } from '../harness/sidecars';
import type { Deployment, World } from '../harness/world';

export function trouble(here: () => World): void {
  it('drift heals itself', async () => {
    const { page } = here();
    await here().deploy('1.0.0');
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
    const container = { name: 'widget', image: here().reference('2.0.0') };
    const change = { spec: { template: { spec: { containers: [container] } } } };
    const type = 'application/strategic-merge-patch+json';
    const drifted = await here().cluster.api.call<Deployment>('PATCH', here().deploymentPath, change, { type });
    expect(here().versionOf(drifted.spec.template)).toBe('2.0.0');
    await here().runsOnly('1.0.0');
    expect(here().versionOf((await here().deployment()).spec.template)).toBe('1.0.0');
    await page.shows('1.0.0');
    expect(await here().product.stable(REMOTE.widget)).toBe('1.0.0');
  });

  it('a version that never gets ready reaches no browser, and an old pod that is evicted meanwhile changes nothing', async () => {
    const { page, cluster } = here();
    const shown = await page.history();
    await here().deploy('broken');
    await expect.poll(async () => (await here().pods()).some((pod) => here().versionOf(pod) === 'broken')).toBe(true);

    const old = (await here().pods()).find((pod) => here().versionOf(pod) === '1.0.0');
    const name = old?.metadata.name ?? '';
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: REMOTE.namespace } };
    await cluster.api.call('POST', `/api/v1/namespaces/${REMOTE.namespace}/pods/${name}/eviction`, eviction);
    const others = async () => (await here().pods()).filter((pod) => here().versionOf(pod) === '1.0.0' && pod.metadata.name !== name);
    await expect.poll(async () => (await others()).filter(isReady).length).toBe(2);

    await here().revert();
    await here().runsOnly('1.0.0');
    expect(await here().product.stable(REMOTE.widget)).toBe('1.0.0');
    expect(await page.history()).toEqual(shown);
  });

  it('a version with other files than were published under its number stays unready, and its log says why', async () => {
    const { page, cluster } = here();
    const shown = await page.history();
    await here().deploy('1.0.0-other');
    const said = async (): Promise<string> => {
      const pod = (await here().pods()).find((one) => here().versionOf(one) === '1.0.0-other');
      return pod ? cluster.api.logs(REMOTE.namespace, pod.metadata.name, SIDECAR).catch(() => '') : '';
    };
    await expect.poll(said).toMatch(/refused: notes 1\.0\.0 was published with other files/);
    await here().revert();
    await here().runsOnly('1.0.0');
    expect(await page.history()).toEqual(shown);
  });

  it('kill -9 of a sidecar in the middle of a rollout: it comes back, its widget untouched, and the rollout ends', async () => {
    const { page } = here();
    await here().deploy('2.0.0');
    let killed: Pod | undefined;
    await expect
      .poll(async () => {
        killed = (await here().pods()).find((pod) => here().versionOf(pod) === '2.0.0');
        return killed && (await sidecarProcess(killed.metadata.name));
      })
      .toBeGreaterThan(0);
    const name = killed?.metadata.name ?? '';
    process.kill((await sidecarProcess(name)) ?? 0, 'SIGKILL');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    const after = (await here().pods()).find(({ metadata }) => metadata.name === name);
    expect(after?.status.initContainerStatuses?.find((container) => container.name === SIDECAR)?.restartCount).toBe(1);
    expect(after?.status.containerStatuses?.map(({ restartCount }) => restartCount)).toEqual([0]);
  });

  it('kill -9 of the registry in the middle of a rollout: the rollout ends, and the page with it', async () => {
    const { page, product } = here();
    await here().revert();
    await expect.poll(async () => (await here().pods()).some((pod) => here().versionOf(pod) === '1.0.0')).toBe(true);
    await product.killRegistry();
    await product.startRegistry();
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
  });
}

const isReady = ({ status }: Pod): boolean | undefined =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
