/** Widgets for journeys: new versions of the real remotes, and whatever a hostile team might pack. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archive, type Packed, pack, promote, publish } from '@datamesh/cli';
import type { Stack } from './stack';

const ROOT = join(import.meta.dirname, '../..');

/** The remote built once more under another version, as its team would release it. */
export async function release(name: string, version: string, source = join(ROOT, 'remotes', name)): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-release-'));
  try {
    await build(source, { WIDGET_VERSION: version, WIDGET_OUT: join(folder, 'dist') });
    for (const entry of ['widget.json', 'icon.svg', 'shots']) {
      await cp(join(source, entry), join(folder, entry), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
    const packageJson = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as object;
    await writeFile(join(folder, 'package.json'), JSON.stringify({ ...packageJson, version }));
    return await pack(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Publishes with a token of the owning team and lets `stable` follow; through the edge unless told otherwise. */
export async function publishAndPromote(stack: Stack, packed: Packed, url = stack.url): Promise<void> {
  const target = { url, token: await stack.token(packed.manifest.publisher) };
  await publish(target, packed);
  await promote(target, packed.name, 'stable', packed.version);
}

export interface Answer {
  status: number;
  code: string | undefined;
  detail: string | undefined;
}

/** Any files under any name, with nothing checked on this side. */
export async function publishRaw(
  stack: Stack,
  token: string,
  name: string,
  version: string,
  files: Record<string, string>,
): Promise<Answer> {
  const body = archive(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
  const response = await fetch(`${stack.url}/api/v1/widgets/${name}/versions/${version}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip' },
    body: Buffer.from(body),
  });
  const { code, detail } = (await response.json()) as { code?: string; detail?: string };
  return { status: response.status, code, detail };
}

function build(folder: string, env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const rspack = join(ROOT, 'node_modules/@rspack/cli/bin/rspack.js');
    const child = spawn(process.execPath, [rspack, 'build'], {
      cwd: folder,
      env: { ...process.env, ...env, NODE_ENV: 'production' },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${folder} does not build`))));
  });
}
