/** Types of every workspace, with the compiler that its framework needs, two at a time. */
import { mkdir } from 'node:fs/promises';
import { runNode } from '../build/program.ts';
import { messageOf } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';
import { type TypedFolder, typescriptFolders } from './workspaces.ts';

const AT_ONCE = 2;

/** -> true when all are right; says what is not. */
export async function typecheck(): Promise<boolean> {
  await mkdir(at('.cache/types'), { recursive: true });
  const queue = (await typescriptFolders()).values();
  let right = true;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const workspace of queue) {
        const said = await runNode(compilerFor(workspace)).then(() => undefined, messageOf);
        if (said === undefined) continue;
        right = false;
        console.error(`${workspace.folder} has type errors:\n${said}\n`);
      }
    }),
  );
  return right;
}

function compilerFor({ folder, dependencies }: TypedFolder): string[] {
  if (dependencies['svelte'])
    return [at('node_modules/svelte-check/bin/svelte-check'), '--workspace', at(folder), '--fail-on-warnings', '--output', 'human'];
  const compiler = dependencies['vue'] ? 'node_modules/vue-tsc/bin/vue-tsc.js' : 'node_modules/typescript/bin/tsc';
  const memory = at('.cache/types', `${folder.replaceAll('/', '-')}.tsbuildinfo`);
  return [at(compiler), '-p', at(folder), '--incremental', '--tsBuildInfoFile', memory];
}
