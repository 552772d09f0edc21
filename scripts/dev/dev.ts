import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from '../build/build.ts';
import { developmentSteps, services } from '../build/steps.ts';
import { createCompany, peopleTable } from '../demo/company.ts';
import { type Call, registryAs } from '../demo/registry.ts';
import { claim, holderOf } from '../run/claim.ts';
import { sitesWithDemo } from '../run/demo-site.ts';
import type { Service } from '../run/service.ts';
import { type Settings, servicesOf } from '../run/settings.ts';
import { requireDisk } from '../setup/disk.ts';
import { codeOf, Failure } from '../setup/failure.ts';
import { install } from '../setup/install.ts';
import { requireFreePorts, type WantedPort } from '../setup/ports.ts';
import { at, ROOT } from '../setup/repository.ts';
import { BUILT, builtAt } from './folders.ts';
import { RemoteBuilds, type User } from './remotes.ts';
import { DevelopmentService } from './service.ts';
import { readDevelopmentSettings } from './settings.ts';
import { clearStates } from './state.ts';
import { watchFolders } from './watch-folders.ts';

/** Reads top to bottom as what happens. Resolves never: it ends with a signal, or with a set-up that fails. */
export async function dev({ withParent }: { withParent: boolean }): Promise<void> {
  const began = performance.now();
  const settings = readDevelopmentSettings();
  await requireNobodyElse(at(BUILT));
  await mkdir(settings.data, { recursive: true });
  await requireNobodyElse(settings.data);
  const processes = servicesOf({ ...settings, sites: await sitesWithDemo(settings) });
  const inspectors = settings.inspectorsOf(processes);
  await requireFreePorts([...processes, ...inspectors]);
  await requireDisk(settings.data, 200);
  await install();

  const running = new Running([await claim(at(BUILT)), await claim(settings.data)]);
  // Nothing outlives a defect of this script.
  process.once('uncaughtException', (error) => running.fail(error));
  if (withParent) process.stdin.on('end', () => running.onSignal()).resume();
  try {
    await clearStates();
    running.watchPage();
    await build({ withoutBrokenRemotes: true, all: await developmentSteps(builtAt) });
    const parts = processes.map((one) =>
      partOf(
        one,
        inspectors.find(({ name }) => name === `inspector of ${one.name}`),
      ),
    );
    await running.start(parts, settings.logs);
    const call = await registryWhenThere(settings);
    const remotes = new RemoteBuilds(call, settings);
    await remotes.publish();
    const made = await createCompany(call);
    if (made.length > 0) console.log(`Set up ${made.join(' and ')}.`);
    await running.follow(remotes);
    console.log(welcome(settings, inspectors, began));
    await new Promise(() => {});
  } catch (error) {
    if (running.stopping) return;
    await running.stop();
    throw error;
  }
}

async function requireNobodyElse(folder: string): Promise<void> {
  const holder = await holderOf(folder);
  if (holder) throw new Failure(`It runs already on ${folder} (process ${holder.pid}).`);
}

/** A process of `npm start`, from its sources. */
function partOf(service: Service, inspector: WantedPort | undefined): DevelopmentService {
  const edge = service.name === 'host';
  const built = services.find(({ name }) => name === (edge ? 'host edge' : service.name));
  if (!built) throw new Error(`Nothing builds ${service.name}`);
  const { output, inputs, bundle } = built;
  const folder = builtAt(output);
  const main = edge ? 'host/server/development/main.ts' : undefined;
  const options = inspector ? [`--inspect=127.0.0.1:${inspector.port}`, '--inspect-publish-uid=http'] : [];
  return new DevelopmentService(
    { ...service, script: join(builtAt(service.script)), options },
    { folder, inputs, bundle: () => bundle(folder, main) },
  );
}

/** What the registry's own start leaves for whoever sets it up. A registry that does not start is mended by a change, however late. */
async function registryWhenThere(settings: Settings): Promise<Call> {
  for (;;) {
    try {
      const call = await registryAs(settings);
      await call('GET', '/widgets?limit=1');
      return call;
    } catch (error) {
      if (!(codeOf(error) === 'ENOENT' || error instanceof TypeError || error instanceof SyntaxError)) throw error;
      await new Promise((soon) => setTimeout(soon, 50));
    }
  }
}

function welcome({ publicUrl, logs, issuer }: Settings, inspectors: readonly WantedPort[], began: number): string {
  return [
    '',
    `  Open ${publicUrl}   (ready in ${((performance.now() - began) / 1000).toFixed(1)} s)`,
    `  All components, in all states: ${publicUrl}/development/gallery`,
    '',
    ...(issuer ? [`  Sign-in is by ${issuer}`] : peopleTable()),
    '',
    ...inspectors.map(({ name, port }) => `  ${name.padEnd(26)} 127.0.0.1:${port}`),
    `  Logs are in ${logs}. Whatever changes is built and shown by itself; Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

/** The processes, and the one place that ends them. */
class Running {
  stopping = false;
  #services: readonly DevelopmentService[] = [];
  #page: ChildProcess | undefined;
  #releases: readonly (() => Promise<void>)[];
  #endWatching = () => {};

  constructor(releases: readonly (() => Promise<void>)[]) {
    this.#releases = releases;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => this.onSignal());
  }

  /** rspack watches what it has read: a process of its own, never under a loader of TypeScript. */
  watchPage(): void {
    const rspack = at('node_modules/@rspack/cli/bin/rspack.js');
    this.#page = spawn(process.execPath, [rspack, 'build', '--watch', '-c', 'host/development.config.ts'], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'development' },
      stdio: ['pipe', 'inherit', 'inherit'],
      detached: true,
    });
    this.#page.once('close', (code) => {
      if (!this.stopping) console.error(`page: its builder ended (code ${code}); start again to have it watched.`);
    });
  }

  async start(services: readonly DevelopmentService[], logs: string): Promise<void> {
    this.#services = services;
    for (const service of services) await service.open(logs);
    await Promise.all(services.map((service) => service.renew()));
  }

  /** From now on whatever changes is built and started again. */
  async follow(remotes: RemoteBuilds): Promise<void> {
    const users: User[] = await Promise.all(
      this.#services.map(async (service) => ({ folders: await service.part.inputs(), renew: () => service.renew() })),
    );
    users.push(...(await remotes.users()));
    const folders = [...new Set(users.flatMap((user) => user.folders))].map((folder) => at(folder));
    this.#endWatching = await watchFolders(
      folders,
      (paths) => {
        const changed = paths.map((path) => relative(ROOT, path).split(sep).join('/'));
        for (const { folders, renew } of users)
          if (changed.some((path) => folders.some((folder) => path.startsWith(`${folder}/`))))
            renew().catch((error) => console.error(error));
      },
      (error) => console.error(error),
    );
  }

  async fail(error: unknown): Promise<void> {
    console.error(error);
    await this.stop();
    process.exit(1);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.#endWatching();
    const page = this.#page;
    const closed = page && page.exitCode === null ? once(page, 'close') : undefined;
    page?.kill();
    await Promise.all([closed, ...this.#services.map((service) => service.stop())]);
    for (const release of this.#releases) await release();
  }

  async onSignal(): Promise<void> {
    if (this.stopping) return;
    console.log('\nStopping…');
    await this.stop();
    process.exit(0);
  }
}
