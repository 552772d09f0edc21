/** The built system, started as a person starts it: scripts/start.mjs on free ports with a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@datamesh/test-servers/process';
import { RegistryProxy } from './registry-proxy';

const ROOT = join(import.meta.dirname, '../..');

export interface StackOptions {
  /** On this MongoDB server, in a database of its own, instead of SQLite. */
  mongoUrl?: string;
  /** Puts a proxy between edge and registry that can change files and go away. */
  proxied?: boolean;
  /** From nothing, even where a prepared data folder is at hand. */
  fresh?: boolean;
  /** Again on a data folder that another stack left behind. */
  data?: string;
  /** Again what another stack was, on its data folder and at its addresses. */
  again?: Stack;
  /** More settings for the services, such as SITES. */
  env?: Record<string, string>;
}

export class Stack {
  private constructor(
    /** The one origin that a browser sees. */
    readonly url: string,
    readonly registryUrl: string,
    readonly trackerUrl: string,
    readonly data: string,
    /** What the start script said. */
    readonly said: () => string,
    readonly proxy: RegistryProxy | null,
    private readonly child: ChildProcess,
  ) {}

  static async start(options: StackOptions = {}): Promise<Stack> {
    const { again } = options;
    const data = again?.data ?? options.data ?? (await newData(options));
    const [host = 0, registry = 0, tracker = 0] = again
      ? [again.url, again.registryUrl, again.trackerUrl].map((url) => Number(new URL(url).port))
      : await freePorts(3);
    const registryUrl = `http://127.0.0.1:${registry}`;
    const proxy = options.proxied ? await RegistryProxy.start(registryUrl) : null;
    const { MONGO_URL: _elsewhere, PUBLIC_URL: _canonical, ...inherited } = process.env;
    const env = {
      ...inherited,
      DATAMESH_DATA: data,
      PORT_HOST: String(host),
      PORT_REGISTRY: String(registry),
      PORT_TRACKER: String(tracker),
      ...(proxy ? { REGISTRY_URL: proxy.url } : {}),
      ...(options.mongoUrl ? { MONGO_URL: options.mongoUrl } : {}),
      ...options.env,
    };
    const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), '--built', '--with-parent'], {
      cwd: ROOT,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const said = await untilOpen(child);
    return new Stack(`http://localhost:${host}`, registryUrl, `http://127.0.0.1:${tracker}`, data, said, proxy, child);
  }

  async bootstrapSecret(): Promise<string> {
    const { secret } = JSON.parse(await readFile(join(this.data, 'bootstrap.json'), 'utf8')) as { secret: string };
    return secret;
  }

  /** A publish token of the team, by the way that the start script takes. */
  token(team: string): Promise<string> {
    return this.newToken({ team });
  }

  /** A token that keeps the layouts of the department. */
  layoutToken(department: string): Promise<string> {
    return this.newToken({ department });
  }

  private async newToken(whose: { team: string } | { department: string }): Promise<string> {
    const response = await fetch(`${this.registryUrl}/api/v1/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await this.bootstrapSecret()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...whose, name: 'journey', days: 1 }),
    });
    if (!response.ok) throw new Error(`no token for ${JSON.stringify(whose)}: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { secret: string }).secret;
  }

  /** Linux: one of its services hangs, and whoever would start it anew with it. -> Lets the latter go on, who ends what hangs. */
  async hang(service: 'registry-api' | 'tracker' | 'host'): Promise<() => void> {
    const { pid, parent } = await this.processOf(service);
    for (const one of [parent, pid]) process.kill(one, 'SIGSTOP');
    return () => process.kill(parent, 'SIGCONT');
  }

  private async processOf(service: string): Promise<{ pid: number; parent: number }> {
    const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const read = (pid: number, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const all = await Promise.all(
      ids.map(async (pid) => {
        // 12 (a name (of any sort)) S <parent> …
        const parent = Number(/^.*\) \S+ (\d+)/s.exec(await read(pid, 'stat'))?.[1] ?? 0);
        return { pid, parent, args: await read(pid, 'cmdline') };
      }),
    );
    const below = (parent: number): typeof all => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
    const found = below(this.child.pid ?? 0).find(({ args }) => args.includes(`${service}/dist/main.mjs`));
    if (!found) throw new Error(`no process of ${service} below the start script`);
    return found;
  }

  /** The start script's exit code, once it has ended. */
  get exited(): Promise<number | null> {
    return this.child.exitCode === null
      ? new Promise((resolve) => this.child.once('close', resolve))
      : Promise.resolve(this.child.exitCode);
  }

  /** Asks the start script to stop, as Ctrl-C does; its exit code. */
  async stop({ keepData = false } = {}): Promise<number | null> {
    const code = await ended(this.child);
    await this.proxy?.stop();
    if (!keepData) await rm(this.data, { recursive: true, force: true });
    return code;
  }
}

async function newData({ fresh, mongoUrl }: StackOptions): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'datamesh-e2e-'));
  const run = process.env['E2E_RUN'];
  if (run && !fresh && !mongoUrl) await cp(join(run, 'prepared'), data, { recursive: true });
  return data;
}

async function untilOpen(child: ChildProcess): Promise<() => string> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/Open http/.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the start script ended with code ${code}:\n${said}`)));
  });
  return () => said;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  return closed;
}
