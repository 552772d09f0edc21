/** The registry is away for a while, in the middle of a rollout. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Pod } from '../../../tools/test-cluster/kubernetes-api';
import type { World } from '../harness/world';
import { followed } from './rolling-back';

/** Longer than all of the registry's own times (beats of 5 s, a lease dropped after 30 s). Five minutes show nothing more, and take them. */
const SECONDS = Number(process.env['DATAMESH_TEST_OUTAGE_SECONDS'] || 45);

export function outage(here: () => World): void {
  it(`an outage of the registry for ${SECONDS} s during a rollout: no pod restarts, the page keeps its version, the end is right`, async () => {
    const { page, product, git } = here();
    await here().deploy('1.0.0');
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
    const old = await here().pods();
    const shown = await page.history();

    await product.killRegistry();
    await here().deploy('2.0.0');
    await expect.poll(async () => (await here().pods()).some((pod) => here().versionOf(pod) === '2.0.0')).toBe(true);
    await pause(SECONDS * 1000);
    const during = await here().pods();
    expect(during.flatMap(restarts)).toEqual([]);
    for (const { metadata } of old) expect(isReady(during.find((pod) => pod.metadata.uid === metadata.uid))).toBe(true);
    expect(await page.history()).toEqual(shown);

    await product.startRegistry();
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    expect((await here().pods()).flatMap(restarts)).toEqual([]);
    expect((await page.history()).slice(shown.length).map(({ version }) => version)).toEqual(['2.0.0']);
    // Told while nobody listened, and again until somebody did.
    const revision = await git.git('rev-parse', 'HEAD');
    await expect.poll(async () => (await followed(here())).at(-1)).toMatchObject({ version: '2.0.0', revision });
  });
}

/** Containers that did not run through. */
const restarts = ({ metadata, status }: Pod): string[] =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .filter(({ restartCount }) => restartCount > 0)
    .map(({ name }) => `${metadata.name}/${name}`);

const isReady = (pod: Pod | undefined): boolean | undefined =>
  pod?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
