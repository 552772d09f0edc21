/** Commands of the documents, run as they stand there. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** The lines of the first `sh` block below a heading of a document. */
export async function commandsOf(document: string, heading: string): Promise<string[]> {
  const text = await readFile(join(ROOT, document), 'utf8');
  const [, below] = text.split(`## ${heading}\n`);
  const [, block] = below?.split('\n## ')[0]?.match(/```sh\n([\s\S]*?)```/) ?? [];
  if (!block) throw new Error(`${document} has no commands below “${heading}”`);
  return block.trim().split('\n');
}

export interface Shell {
  cwd: string;
  env?: Record<string, string>;
}

/** As in a shell of its own: nothing of the npm that runs this test reaches the command but where packages come from; the same Node first. */
function outside(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|cache|userconfig)$)/i.test(name));
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
