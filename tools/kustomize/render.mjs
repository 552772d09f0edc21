/** kustomize itself (kustomize.wasm.zst, built from its library by build.mjs), in a process of its own that sees one folder only. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, zstdDecompressSync } from 'node:zlib';
import { sha256 } from './record.mjs';

export function readProgram() {
  const compressed = readFileSync(join(import.meta.dirname, 'kustomize.wasm.zst'));
  return zstdDecompressSync(compressed, { params: { [constants.ZSTD_d_windowLogMax]: 27 } });
}

/**
 * Renders `folders`, given relative to `root`, beyond which nothing can be read: resolves to a Map of folder -> { objects } as they would
 * be sent to a cluster, or { error } in kustomize's words.
 */
export function render(root, folders) {
  return new Promise((resolve, reject) => {
    const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), root, ...folders];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: [], err: [] };
    child.stdout.on('data', (chunk) => said.out.push(chunk));
    child.stderr.on('data', (chunk) => said.err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(`kustomize ended with code ${code}: ${Buffer.concat(said.err)}`));
      const lines = Buffer.concat(said.out).toString().split('\n').filter(Boolean).map(JSON.parse);
      resolve(new Map(lines.map(({ folder, objects = [], error }) => [folder.slice(1), error === undefined ? { objects } : { error }])));
    });
  });
}

async function main([root, ...folders]) {
  const bytes = readProgram();
  const { wasm } = JSON.parse(readFileSync(join(import.meta.dirname, 'kustomize.json'), 'utf8'));
  if (sha256(bytes) !== wasm) throw new Error('kustomize.wasm.zst is not what kustomize.json says');
  // Here alone: Node warns whoever imports it.
  const { WASI } = await import('node:wasi');
  const wasi = new WASI({ version: 'preview1', args: ['kustomize', ...folders.map((folder) => `/${folder}`)], preopens: { '/': root } });
  wasi.start(await WebAssembly.instantiate(await WebAssembly.compile(bytes), wasi.getImportObject()));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
