import { spawn } from 'node:child_process';
import { ROOT } from '../setup/repository.mjs';

/** Runs Node with a script; resolves to what it printed, rejects with that when it fails. */
export function runNode(args, { cwd = ROOT, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const said = [];
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
