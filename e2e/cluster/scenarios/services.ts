/** The services' own images and manifests, deployed by Argo CD as the remote is. */
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { SERVICES } from '../harness/images';
import type { World } from '../harness/world';

const PORTS: Record<string, number> = { host: 4000, 'registry-api': 4100, tracker: 4200 };

export function services(here: () => World): void {
  it.each(SERVICES)(
    '%s runs as its image and its manifest say: not as root, on a root file system that it cannot write to',
    async (name) => {
      const { cluster, argo } = here();
      const addressOfReady = async (): Promise<string | undefined> => {
        const [pod] = await cluster.api.pods('datamesh', `app.kubernetes.io/name=${name}`);
        return pod?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ? pod.status.podIP : undefined;
      };
      await expect.poll(addressOfReady).toBeDefined();
      // Its store answers; of the edge both services behind it.
      const answer = await fetch(`http://${await addressOfReady()}:${PORTS[name]}/readyz`);
      expect([answer.status, await answer.text()]).toEqual([200, expect.anything()]);
      await expect.poll(async () => (await argo.application(name)).status?.health?.status).toBe('Healthy');
      expect((await argo.application(name)).status?.sync?.status).toBe('Synced');
      const [pod] = await cluster.api.pods('datamesh', `app.kubernetes.io/name=${name}`);
      expect(pod?.status.containerStatuses?.map(({ restartCount }) => restartCount)).toEqual([0]);
    },
  );

  it('the edge of that image sends people to sign in', async () => {
    const [pod] = await here().cluster.api.pods('datamesh', 'app.kubernetes.io/name=host');
    const status = await new Promise((resolve, reject) => {
      // As a port-forward brings it: the edge answers by the one name that browsers see.
      const headers = { host: new URL(here().product.url).host };
      const asked = request({ host: pod?.status.podIP, port: PORTS['host'], path: '/api/v1/session/sign-in?return_to=/', headers });
      asked
        .once('response', (answer) => resolve(answer.resume().statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(302);
  });
}
