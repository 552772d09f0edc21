import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { clusterObstacle } from './cluster-tools.ts';

it('what keeps a machine from running a cluster is the same each time it is asked, and asking leaves nothing behind', async () => {
  const before = await readdir(tmpdir());
  const first = await clusterObstacle();
  expect(await clusterObstacle()).toBe(first);
  // Others use that folder as well.
  expect((await readdir(tmpdir())).filter((name) => !before.includes(name) && /^[a-d]$/.test(name))).toEqual([]);
});
