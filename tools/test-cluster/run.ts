/** One program to its end, without holding up servers that run in this process. */
import { spawn } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** For its standard input. */
  input?: string;
}

/** What it printed; rejects with its errors when it fails. */
export function run(program: string, args: readonly string[], { cwd, env, input = '' }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`${program} ${args.join(' ')}: ${errors}`))));
    // It may end without reading.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
