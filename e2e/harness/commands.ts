/** Commands as somebody types them who is not in this repository. */
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

export interface Shell {
  cwd: string;
  env?: Record<string, string>;
}

/** What npm and vitest tell their children: some toolchains build something else for a test. Where packages come from stays. */
const OURS = /^(npm_(?!config_(registry|cache|userconfig)$)|vitest|node_env$|node_options$|test$|dev$|prod$|mode$)/i;

/** As in a shell of its own; the same Node first. */
function outside(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));
  return { ...Object.fromEntries(kept), PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
}

/** What the command said; rejects with that when it fails. `input` is what a person would type. */
export function sh(command: string, { cwd, env }: Shell, input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', command], { cwd, env: { ...outside(), ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${command}\nended with code ${code}:\n${said.slice(-4000)}`));
    });
    // A command that reads nothing may have ended before.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
