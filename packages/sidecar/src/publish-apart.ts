/**
 * Publishing in a process of its own, which ends: packing and hashing need tens of megabytes once, and the sidecar lives as long as its pod.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface PublishedWidget {
  name: string;
  version: string;
  /** false: the registry had it, with the same files. */
  created: boolean;
}

export type PublishOutcome = { ok: PublishedWidget } | { refused: { code: string; detail: string; status: number | null } };

export interface PublishWish {
  folder: string;
  registryUrl: string;
  tokenFile: string;
}

/** Milliseconds, for a slow registry and a large widget. */
const timeout = 180_000;

/** Rejects when the process ends without a word. */
export function publishApart(wish: PublishWish): Promise<PublishOutcome> {
  return new Promise((resolve, reject) => {
    const program = join(import.meta.dirname, 'publish-once.mjs');
    const child = fork(program, [JSON.stringify(wish)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      timeout,
      // Without those that keep this process small: fetch needs WebAssembly.
      execArgv: [],
    });
    let outcome: PublishOutcome | undefined;
    child.once('message', (message) => {
      outcome = message as PublishOutcome;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (outcome) resolve(outcome);
      else reject(new Error(`publishing ended with ${signal ?? `code ${code}`}`));
    });
  });
}
