import { spawn } from 'node:child_process';
import { ROOT } from '../setup/repository.ts';

/** Runs Node with a script; resolves to what it printed, rejects with that when it fails. */
export function runNode(
  args: readonly string[],
  { cwd = ROOT, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const text = Buffer.concat(said).toString().trim();
      if (code === 0) resolve(text);
      else reject(new Error(text || `ended with code ${code}`));
    });
  });
}
