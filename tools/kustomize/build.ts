/**
 * Builds kustomize.wasm.zst from main.go, with the Go that kustomize.json names, and writes down of what and what came of it:
 * `node tools/kustomize/build.ts`. With --check it only says whether the same comes of it, byte by byte; CI asks that when something
 * here changes. Tests run the file as it is committed and need no Go.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { sha256, sourcesHash } from './record.ts';

const GO = 'go1.26.8';
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
try {
  const built = join(folder, 'kustomize.wasm');
  // Nothing of this machine gets into the file: no paths, no build id, no version control.
  execFileSync('go', ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w -buildid=', '-o', built, '.'], {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, GOTOOLCHAIN: GO, GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
  });
  const bytes = readFileSync(built);
  const record = { go: GO, sources: sourcesHash(), wasm: sha256(bytes) };
  if (process.argv.includes('--check')) {
    const known: { wasm: string } = JSON.parse(readFileSync(join(here, 'kustomize.json'), 'utf8'));
    if (known.wasm !== record.wasm) throw new Error(`kustomize.wasm.zst holds ${known.wasm}; its sources make ${record.wasm}`);
    console.log(`kustomize.wasm.zst is what its sources make: ${record.wasm}`);
  } else {
    const compressed = zstdCompressSync(bytes, {
      params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 26 },
    });
    writeFileSync(join(here, 'kustomize.wasm.zst'), compressed);
    writeFileSync(join(here, 'kustomize.json'), `${JSON.stringify(record, null, 2)}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
