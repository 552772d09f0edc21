import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('lets one process have a folder, and the next as soon as that one is gone, killed or not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  const code = `import(${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))}).then(({ FolderLock }) => FolderLock.take(process.argv[1]))
    .then(() => { console.log('taken'); setInterval(() => {}, 1000); }, (error) => { console.log(error.message); process.exit(1); })`;
  const start = () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
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
  const third = start();
  expect(await third.said).toBe('taken');
  third.child.kill('SIGKILL');
  await rm(folder, { recursive: true });
}, 60_000);
