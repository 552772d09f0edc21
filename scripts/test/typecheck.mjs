/** Types of every workspace, with the compiler that its framework needs, two at a time. */
import { mkdir } from 'node:fs/promises';
import { runNode } from '../build/program.mjs';
import { at } from '../setup/repository.mjs';
import { typescriptFolders } from './workspaces.mjs';

const AT_ONCE = 2;

/** -> true when all are right; says what is not. */
export async function typecheck() {
  await mkdir(at('.cache/types'), { recursive: true });
  const queue = (await typescriptFolders()).values();
  let right = true;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const workspace of queue) {
        const error = await runNode(compilerFor(workspace)).then(
          () => undefined,
          (reason) => reason,
        );
        if (!error) continue;
        right = false;
        console.error(`${workspace.folder} has type errors:\n${error.message}\n`);
      }
    }),
  );
  return right;
}

function compilerFor({ folder, dependencies }) {
  if (dependencies.svelte)
    return [at('node_modules/svelte-check/bin/svelte-check'), '--workspace', at(folder), '--fail-on-warnings', '--output', 'human'];
  const compiler = dependencies.vue ? 'node_modules/vue-tsc/bin/vue-tsc.js' : 'node_modules/typescript/bin/tsc';
  const memory = at('.cache/types', `${folder.replaceAll('/', '-')}.tsbuildinfo`);
  return [at(compiler), '-p', at(folder), '--incremental', '--tsBuildInfoFile', memory];
}
