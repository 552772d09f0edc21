/** kustomize itself (kustomize.wasm.zst, built from its library by build.ts), in a process of its own that sees one folder only. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, zstdDecompressSync } from 'node:zlib';
import { sha256 } from './record.ts';

/** What became of a folder. */
export type Kustomized = { objects: unknown[]; error?: never } | { objects?: never; error: string };

/** A line of what the program says. */
interface Line {
  folder: string;
  objects?: unknown[];
  error?: string;
}

/** The program, as WebAssembly. */
export function readProgram(): Buffer<ArrayBuffer> {
  const compressed = readFileSync(join(import.meta.dirname, 'kustomize.wasm.zst'));
  return zstdDecompressSync(compressed, { params: { [constants.ZSTD_d_windowLogMax]: 27 } });
}

/**
 * Renders `folders`, given relative to `root`, beyond which nothing can be read: by folder the objects as they would be sent to a cluster,
 * or an error in kustomize's words.
 */
export function render(root: string, folders: readonly string[]): Promise<Map<string, Kustomized>> {
  return new Promise((resolve, reject) => {
    const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), root, ...folders];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
    child.stdout.on('data', (chunk) => said.out.push(chunk));
    child.stderr.on('data', (chunk) => said.err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`kustomize ended with code ${code}: ${Buffer.concat(said.err)}`));
      const lines = Buffer.concat(said.out).toString().split('\n').filter(Boolean);
      const parsed = lines.map((line): Line => JSON.parse(line));
      resolve(new Map(parsed.map(({ folder, objects = [], error }) => [folder.slice(1), error === undefined ? { objects } : { error }])));
    });
  });
}

async function main([root = '', ...folders]: string[]): Promise<void> {
  const bytes = readProgram();
  const { wasm }: { wasm: string } = JSON.parse(readFileSync(join(import.meta.dirname, 'kustomize.json'), 'utf8'));
  if (sha256(bytes) !== wasm) throw new Error('kustomize.wasm.zst is not what kustomize.json says');
  // Here alone: Node warns whoever imports it.
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({ version: 'preview1', args: ['kustomize', ...folders.map((folder) => `/${folder}`)], preopens: { '/': root } });
  wasi.start(await WebAssembly.instantiate(await WebAssembly.compile(bytes), { wasi_snapshot_preview1: wasi.wasiImport }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
