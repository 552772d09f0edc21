/** What git knows of the folder, where there is one. Nothing here needs it: without git, or outside of a repository, there is no history. */
import { execFile } from 'node:child_process';

/** As many former states of a file are looked at. */
const DEEPEST = 200;

const git = (folder: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile('git', ['-C', folder, ...args], { timeout: 10_000, maxBuffer: 8 * 1024 * 1024 }, (error, out) =>
      resolve(error ? undefined : out),
    );
  });

/** The first line of the last commit's message. */
export async function lastSubject(folder: string): Promise<string | undefined> {
  return (await git(folder, ['log', '-1', '--format=%s']))?.trim() || undefined;
}

/** The file as commits up to the present one had it, the newest first. */
export async function* formerTexts(folder: string, file: string): AsyncGenerator<string> {
  const commits = await git(folder, ['log', `-${DEEPEST}`, '--format=%H', '--', file]);
  for (const commit of commits?.split('\n').filter(Boolean) ?? []) {
    const text = await git(folder, ['show', `${commit}:./${file}`]);
    if (text !== undefined) yield text;
  }
}
