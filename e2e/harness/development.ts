/** `npm run dev` on a copy of the sources, which may be changed: the checkout stays as it is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, glob, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, sep } from 'node:path';
import { ended, freePorts, line } from '@datamesh/test-servers/process';

const ROOT = join(import.meta.dirname, '../..');
const COPIED = ['packages', 'registry-api', 'tracker', 'host', 'remotes', 'scripts'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'rspack.config.base.ts'];
const BUILT = /^(node_modules|dist|dist-package|dist-server|dist-data|\.cache|\.data)$/;

export class Development {
  private constructor(
    readonly folder: string,
    readonly url: string,
    readonly registryUrl: string,
    /** Where a debugger of the registry is let in. */
    readonly inspectUrl: string,
    readonly said: () => string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<Development> {
    const folder = await copyOfSources();
    const [host = 0, registry = 0, tracker = 0, inspect = 0] = await freePorts(4);
    const child = spawn(process.execPath, ['scripts/dev.mjs', '--with-parent'], {
      cwd: folder,
      env: {
        ...process.env,
        DATAMESH_DATA: '',
        PORT_HOST: String(host),
        PORT_REGISTRY: String(registry),
        PORT_TRACKER: String(tracker),
        INSPECT: String(inspect),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const addresses = [`http://localhost:${host}`, `http://127.0.0.1:${registry}`, `http://127.0.0.1:${inspect}`] as const;
    const running = new Development(folder, ...addresses, () => said, child);
    try {
      await line(child, 'npm run dev', /Open http/);
      return running;
    } catch (error) {
      await running.stop();
      throw error;
    }
  }

  /** Changes a file of the copy as an editor does; answers when, on this process's clock. */
  async change(path: string, from: string | RegExp, to: string): Promise<number> {
    const file = join(this.folder, path);
    const text = await readFile(file, 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${from}`);
    const since = performance.now();
    await writeFile(file, changed);
    return since;
  }

  /** Every process that it has started and its logs name. */
  async processes(): Promise<number[]> {
    const logs = join(this.folder, '.data/dev/logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    return texts.flatMap((text) => [...text.matchAll(/^# .*: process (\d+)/gm)].map(([, pid]) => Number(pid)));
  }

  /** As Ctrl-C does; its exit code. */
  async stop(): Promise<number | null> {
    await ended(this.child, 'SIGINT');
    return this.child.exitCode;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Their folders, relative to the repository. */
async function workspaces(): Promise<string[]> {
  const { workspaces: patterns } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { workspaces: string[] };
  const folders: string[] = [];
  for await (const one of glob(patterns, { cwd: ROOT })) folders.push(one);
  return folders.filter((one) => COPIED.includes(one.split(sep)[0] ?? ''));
}

/** With what is installed here; but its own packages, so that a change of one of them counts. */
async function copyOfSources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'datamesh-development-'));
  await Promise.all([
    ...FILES.map((name) => cp(join(ROOT, name), join(folder, name))),
    ...COPIED.map((name) =>
      cp(join(ROOT, name), join(folder, name), { recursive: true, verbatimSymlinks: true, filter: (path) => !BUILT.test(basename(path)) }),
    ),
  ]);
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@datamesh'), { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules')))
    if (name !== '@datamesh') await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  for (const name of await readdir(join(ROOT, 'node_modules/@datamesh')))
    await symlink(await readlink(join(ROOT, 'node_modules/@datamesh', name)), join(modules, '@datamesh', name));
  // What stands beside a package, because the root has another version of it.
  for (const workspace of await workspaces()) {
    const nested = join(workspace, 'node_modules');
    if (existsSync(join(ROOT, nested))) await symlink(join(ROOT, nested), join(folder, nested));
  }
  return folder;
}
