/** `datamesh dev`: the workbench, and whatever is built anew on it at once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkFolder } from '../check/check';
import { CliError } from '../problem';
import { startWorkbench } from './server';

export interface Dev {
  folder: string;
  port: number;
}

/** A build writes many files: it is looked at once none has come for so long; milliseconds. */
const QUIET = 150;

/** Runs until the process is asked to end. `page`: where the workbench's own page was built. */
export async function dev({ folder, port }: Dev, page: string, say: (text: string) => void): Promise<void> {
  const root = resolve(folder);
  const rspack = join(root, 'node_modules/.bin/rspack');
  const builder = existsSync(rspack)
    ? spawn(rspack, ['build', '--watch'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : undefined;
  if (!builder) say(`there is no ${rspack}: build into dist/ with what you have, in watch mode`);
  try {
    const workbench = await startWorkbench({ packed: await firstBuild(root, builder), page, port });
    say(`${workbench.url} shows ${root}; Ctrl-C ends it`);
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let before: Uint8Array = new Uint8Array();
    const look = async (): Promise<void> => {
      try {
        const { packed } = await checkFolder(root);
        if (Buffer.compare(packed.bytes, before) === 0) return;
        before = packed.bytes;
        workbench.show(packed);
        say(`shown anew, ${new Date().toLocaleTimeString()}`);
      } catch (error) {
        // Half a build, or a mistake that the next one mends.
        if (!(error instanceof CliError)) throw error;
        say(`${error.code}: ${error.detail}`);
      }
    };
    const watcher = watch(root, { recursive: true }, (_event, file) => {
      if (!file || !/^(dist|widget\.json|package\.json)/.test(file)) return;
      clearTimeout(quiet);
      quiet = setTimeout(() => void look(), QUIET);
    });
    await new Promise<void>((end) => {
      process.once('SIGINT', () => end());
      process.once('SIGTERM', () => end());
    });
    watcher.close();
    clearTimeout(quiet);
    await workbench.close();
  } finally {
    builder?.kill();
  }
}

/** What is there, or, where nothing is yet, what the builder makes first. */
async function firstBuild(root: string, builder: ChildProcess | undefined) {
  for (;;) {
    try {
      return (await checkFolder(root)).packed;
    } catch (error) {
      if (
        !builder ||
        builder.exitCode !== null ||
        !(error instanceof CliError) ||
        !['folder_unreadable', 'entry_missing'].includes(error.code)
      )
        throw error;
      await new Promise((soon) => setTimeout(soon, QUIET));
    }
  }
}
