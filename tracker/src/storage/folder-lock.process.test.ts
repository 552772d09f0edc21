import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
});

it('lets one process have a folder, and the next as soon as that one is gone, killed or not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  // Nobody refers to the lock, and the garbage goes a few times: it is held until the process ends.
  const code = `import(${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))}).then(({ FolderLock }) => FolderLock.take(process.argv[1]))
    .then(() => { let rounds = 0; setInterval(() => { gc(); if (++rounds === 5) console.log('taken'); }, 20); }, (error) => { console.log(error.message); process.exit(1); })`;
  const start = () => {
    const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', '-e', code, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    return {
      child,
      said: new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))),
    };
  };
  const first = start();
  expect(await first.said).toBe('taken');
  // main.ts makes "another tracker is running on this DATA_DIR" of it.
  expect(await start().said).toContain('Could not set lock');
  const gone = new Promise((resolve) => first.child.once('exit', resolve));
  first.child.kill('SIGKILL');
  await gone;
  expect(await start().said).toBe('taken');
  await rm(folder, { recursive: true });
}, 60_000);
