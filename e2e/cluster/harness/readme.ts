/** Commands out of README.md, run as whoever reads it would: in the clone of the team's repository, with `datamesh` on the PATH. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../../tools/test-cluster/run';
import type { World } from './world';

const ROOT = join(import.meta.dirname, '../../..');

/** The shell blocks of a section, in order. */
export async function readmeCommands(heading: string): Promise<string[]> {
  const text = await readFile(join(ROOT, 'README.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```sh\n(.*?)\n```/gms)].map(([, block = '']) => block);
}

/** Rejects with what was printed on stderr when the last command fails. */
export async function shellOf(world: World, argoCdToken: string, publishToken: string): Promise<(commands: string) => Promise<string>> {
  const { cluster, argo, product, git } = world;
  const bin = join(cluster.state, 'bin');
  const cli = join(ROOT, 'packages/cli/dist/main.mjs');
  await writeFile(join(bin, 'datamesh'), `#!/bin/sh\nexec ${process.execPath} ${cli} "$@"\n`, { mode: 0o755 });
  const env = {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: cluster.state,
    DATAMESH_URL: product.url,
    DATAMESH_TOKEN: publishToken,
    ARGOCD_AUTH_TOKEN: argoCdToken,
  };
  return (commands) => run('bash', ['-e', '-c', commands.replaceAll('https://argocd.example.com', argo.url)], { cwd: git.clone, env });
}
