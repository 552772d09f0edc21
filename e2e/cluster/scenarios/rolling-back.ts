/** v1, v2, and back again: by git revert, and by Argo CD's own rollback. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sync } from '@datamesh/contracts';
import { expect, it } from 'vitest';
import { ACCOUNTS, REMOTE } from '../harness/manifests';
import { readmeCommands, shellOf } from '../harness/readme';
import { APPLICATION, type World } from '../harness/world';

const REPORT = join(import.meta.dirname, '../../../.cache/test/cluster-rollbacks.json');
const ROLLBACKS = 20;

export function rollingBack(here: () => World): void {
  it('a pushed version is shown, and git revert brings the former one back', async () => {
    const { page } = here();
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
    expect(await here().revision()).toBe(1);

    await here().deploy('2.0.0');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    expect(await here().revision()).toBe(2);

    await here().revert();
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
    // Kubernetes raises it with every rollback: that is why the highest one wins.
    expect(await here().revision()).toBe(3);
    expect((await page.history()).map(({ version }) => version)).toEqual(['1.0.0', '2.0.0', '1.0.0']);
  });

  it('Argo CD’s own rollback is refused with auto-sync on, and shown with it off; auto-sync on again rolls forward', async () => {
    const { argo, page } = here();
    const before = await historyOf(here());
    await here().deploy('2.0.0');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    const last = before.at(-1)?.id ?? -1;

    const refused = await argo.rollback(APPLICATION, last);
    expect(refused).toMatchObject({ status: 400, body: { code: 9, message: expect.stringContaining('auto-sync') } });

    expect((await argo.setAutoSync(APPLICATION, false)).status).toBe(200);
    expect((await argo.rollback(APPLICATION, last)).status).toBe(200);
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');
    await expect
      .poll(async () => (await followed(here())).at(-1))
      .toMatchObject({
        revision: before.at(-1)?.revision,
        by: 'admin',
        version: '1.0.0',
      });

    // Git was not reverted: what it says comes back.
    expect((await argo.setAutoSync(APPLICATION, true)).status).toBe(200);
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
  });

  readme(here);

  it(`${ROLLBACKS} rollbacks, from push to page, each with its commit in the registry’s history`, async () => {
    const { page, git, product } = here();
    await here().deploy('2.0.0');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    const milliseconds: number[] = [];
    const commits: { version: string; revision: string }[] = [];
    for (let count = 0; count < ROLLBACKS; count += 1) {
      const version = count % 2 === 0 ? '1.0.0' : '2.0.0';
      const pushed = await here().revert();
      commits.push({ version, revision: await git.git('rev-parse', 'HEAD') });
      milliseconds.push((await page.shows(version)) - pushed);
      await here().runsOnly(version);
    }
    const told = async () => (await followed(here())).slice(-ROLLBACKS).map(({ version, revision }) => ({ version, revision }));
    await expect.poll(told).toEqual(commits);
    const moves = (await product.moves(REMOTE.widget)).filter(({ what }) => what === 'follow').slice(-ROLLBACKS);
    for (const { deployment } of moves) {
      expect(deployment).toMatchObject({ integrity: expect.stringMatching(/^[0-9a-f]{64}$/), pods: { ready: expect.any(Number) } });
      expect(deployment?.openDashboards?.map(({ dashboards }) => dashboards)).toContain(1);
    }
    console.log(
      `commits told in the move itself: ${moves.filter(({ deployment }) => deployment?.sync).length} of ${ROLLBACKS}; else behind it`,
    );
    const sorted = milliseconds.toSorted((a, b) => a - b);
    const figures = { rollbacks: ROLLBACKS, p50: sorted[ROLLBACKS / 2 - 1], p99: sorted.at(-1), milliseconds };
    await mkdir(join(REPORT, '..'), { recursive: true });
    await writeFile(REPORT, JSON.stringify(figures, null, 2));
    console.log(`push -> page over ${ROLLBACKS} rollbacks: p50 ${figures.p50} ms, p99 ${figures.p99} ms`);
  });
}

/** What README says under "Roll back with Argo CD", as it stands there. */
function readme(here: () => World): void {
  it('README’s commands roll back by git, and by Argo CD with a hold until git says the same', async () => {
    const { page, argo, product, git } = here();
    const [byGit = '', byArgoCd = '', andGit = ''] = await readmeCommands('Roll back with Argo CD');
    const people = await shellOf(here(), await argo.accountToken(ACCOUNTS.team), await product.publishToken(REMOTE.team));

    await people(byGit);
    await page.shows('1.0.0');
    await here().runsOnly('1.0.0');

    await here().deploy('2.0.0');
    await page.shows('2.0.0');
    await here().runsOnly('2.0.0');
    const said = await people(byArgoCd);
    await page.shows('1.0.0');
    // Whoever asks is told what runs now, by which commit, and who brought it back.
    await expect
      .poll(() => people(`datamesh deployments ${REMOTE.widget}`))
      .toMatch(new RegExp(`gives 1\\.0\\.0, moved by .*, commit [0-9a-f]{8} of team, synced by ${ACCOUNTS.team}, since .*; HELD by`));
    expect(said).toContain(`git revert ${(await git.git('rev-parse', 'HEAD')).slice(0, 12)}`);
    await here().runsOnly('1.0.0');
    expect((await argo.application(APPLICATION)).spec.syncPolicy?.automated).toBeFalsy();
    expect((await product.channel(REMOTE.widget)).hold).toMatchObject({ version: '1.0.0' });

    // Not before git says the same: auto-sync would roll forward.
    await expect(people(andGit.split('\n').at(-1) ?? '')).rejects.toThrow(/not_reverted: .*OutOfSync/);
    await people(andGit);
    expect((await argo.application(APPLICATION)).spec.syncPolicy?.automated).toBeTruthy();
    expect((await product.channel(REMOTE.widget)).hold).toBeNull();
    await here().runsOnly('1.0.0');
    expect((await page.history()).at(-1)?.version).toBe('1.0.0');
  });
}

export async function historyOf({ argo }: World): Promise<{ id: number; revision: string }[]> {
  return (await argo.application(APPLICATION)).status?.history ?? [];
}

/** What the registry's history says of where each move of a cluster came from, in the move or behind it; the oldest first. */
export async function followed({ product }: World): Promise<(Partial<Sync> & { version: string | null })[]> {
  const moves = await product.moves(REMOTE.widget);
  const of = (revision: number | undefined) => moves.find(({ what, deployment }) => what === 'sync' && deployment?.revision === revision);
  return moves
    .filter(({ what }) => what === 'follow')
    .map(({ version, deployment }) => ({ version, ...(deployment?.sync ?? of(deployment?.revision)?.deployment?.sync) }));
}
