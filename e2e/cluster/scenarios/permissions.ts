/** Who may do what: holds, teams in Argo CD, ServiceAccounts of other namespaces. */
import { expect, it } from 'vitest';
import { ACCOUNTS, foreignRemote, REMOTE } from '../harness/manifests';
import { residentMemory, SIDECAR, sidecarProcess } from '../harness/sidecars';
import { APPLICATION, type World } from '../harness/world';
import { historyOf } from './rolling-back';

const HOLD = `/widgets/${REMOTE.widget}/channels/stable/hold`;
export function permissions(here: () => World): void {
  it('a team rolls back its own remote, and nobody else’s; a hold keeps a re-sync of the bad commit from browsers until it is lifted', async () => {
    const { argo, page, product } = here();
    await here().deploy('2.0.0');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    const good = (await historyOf(here())).at(-2)?.id ?? -1;

    const stranger = await argo.accountToken(ACCOUNTS.stranger);
    expect((await argo.setAutoSync(APPLICATION, false, stranger)).status).toBe(403);
    expect((await argo.rollback(APPLICATION, good, stranger)).status).toBe(403);

    const team = await argo.accountToken(ACCOUNTS.team);
    expect((await argo.setAutoSync(APPLICATION, false, team)).status).toBe(200);
    expect((await argo.rollback(APPLICATION, good, team)).status).toBe(200);
    await page.shows('1.0.0');
    expect((await product.call('PUT', HOLD, { reason: '2.0.0 shows wrong prices' })).status).toBe(200);
    await here().runsOnly('1.0.0');
    const shown = await page.history();

    expect((await argo.setAutoSync(APPLICATION, true, team)).status).toBe(200);
    await here().runsOnly('2.0.0');
    expect(await product.stable(REMOTE.widget)).toBe('1.0.0');
    expect(await page.history()).toEqual(shown);

    expect((await product.call('DELETE', HOLD)).status).toBe(200);
    await page.shows('2.0.0');
  });

  it('a ServiceAccount of another namespace cannot register the widget', async () => {
    const { cluster, product, page } = here();
    const shown = await page.history();
    const namespace = 'elsewhere';
    await cluster.api.apply(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));
    await cluster.api.kubectl(['apply', '--server-side', '-k', await foreignRemote(here().git, namespace)]);
    const labels = `app.kubernetes.io/name=${REMOTE.widget}`;
    const said = async (): Promise<string> => {
      const [pod] = await cluster.api.pods(namespace, labels);
      return pod ? cluster.api.logs(namespace, pod.metadata.name, SIDECAR).catch(() => '') : '';
    };
    await expect.poll(said).toMatch(/refused: The team platform does not trust system:serviceaccount:elsewhere:notes/);
    const { body } = await product.call<{ items: { deployment: { namespace: string } }[] }>('GET', `/deployments?widget=${REMOTE.widget}`);
    expect(body.items.map(({ deployment }) => deployment.namespace)).not.toContain(namespace);
    expect(await page.history()).toEqual(shown);
    await cluster.api.call('DELETE', `/api/v1/namespaces/${namespace}`);
  });

  it('a sidecar is small', async () => {
    const megabytes = await Promise.all(
      (await here().pods()).map(async (pod) => (await residentMemory((await sidecarProcess(pod.metadata.name)) ?? 0)) / 1e6),
    );
    console.log(`resident memory of sidecars: ${megabytes.map((size) => size.toFixed(1)).join(', ')} MB`);
    // A bound that tells a leak or a library too many from noise; the figure is the one above.
    expect(Math.max(...megabytes)).toBeLessThan(72);
  });
}
