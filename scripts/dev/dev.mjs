import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from '../build/build.mjs';
import { developmentSteps, services } from '../build/steps.mjs';
import { createCompany, peopleTable } from '../demo/company.mjs';
import { registryAs } from '../demo/registry.mjs';
import { claim, holderOf } from '../run/claim.mjs';
import { sitesWithDemo } from '../run/demo-site.mjs';
import { servicesOf } from '../run/settings.mjs';
import { requireDisk } from '../setup/disk.mjs';
import { Failure } from '../setup/failure.mjs';
import { install } from '../setup/install.mjs';
import { requireFreePorts } from '../setup/ports.mjs';
import { at, ROOT } from '../setup/repository.mjs';
import { BUILT, builtAt } from './folders.mjs';
import { RemoteBuilds } from './remotes.mjs';
import { DevelopmentService } from './service.mjs';
import { readDevelopmentSettings } from './settings.mjs';
import { clearStates } from './state.mjs';
import { watchFolders } from './watch-folders.mjs';

/** Reads top to bottom as what happens. Resolves never: it ends with a signal, or with a set-up that fails. */
export async function dev({ withParent }) {
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

async function requireNobodyElse(folder) {
  const holder = await holderOf(folder);
  if (holder) throw new Failure(`It runs already on ${folder} (process ${holder.pid}).`);
}

/** A process of `npm start`, from its sources. */
function partOf(service, inspector) {
  const edge = service.name === 'host';
  const { output, inputs, bundle } = services.find(({ name }) => name === (edge ? 'host edge' : service.name));
  const folder = builtAt(output);
  const main = edge ? ['host/server/development/main.ts'] : [];
  const options = inspector ? [`--inspect=127.0.0.1:${inspector.port}`, '--inspect-publish-uid=http'] : [];
  return new DevelopmentService(
    { ...service, script: join(builtAt(service.script)), options },
    { folder, inputs, bundle: () => bundle(folder, ...main) },
  );
}

/** What the registry's own start leaves for whoever sets it up. A registry that does not start is mended by a change, however late. */
async function registryWhenThere(settings) {
  for (;;) {
    try {
      const call = await registryAs(settings);
      await call('GET', '/widgets?limit=1');
      return call;
    } catch (error) {
      if (!(error.code === 'ENOENT' || error instanceof TypeError || error instanceof SyntaxError)) throw error;
      await new Promise((soon) => setTimeout(soon, 50));
    }
  }
}

function welcome({ publicUrl, logs, issuer }, inspectors, began) {
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
  #services = [];
  #page;
  #releases;
  #endWatching = () => {};

  constructor(releases) {
    this.#releases = releases;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => this.onSignal());
  }

  /** rspack watches what it has read: a process of its own, never under a loader of TypeScript. */
  watchPage() {
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

  async start(services, logs) {
    this.#services = services;
    for (const service of services) await service.open(logs);
    await Promise.all(services.map((service) => service.renew()));
  }

  /** From now on whatever changes is built and started again. */
  async follow(remotes) {
    const users = await Promise.all(
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

  async fail(error) {
    console.error(error);
    await this.stop();
    process.exit(1);
  }

  async stop() {
    this.stopping = true;
    this.#endWatching();
    const closed = new Promise((done) => (this.#page && this.#page.exitCode === null ? this.#page.once('close', done) : done()));
    this.#page?.kill();
    await Promise.all([closed, ...this.#services.map((service) => service.stop())]);
    for (const release of this.#releases) await release();
  }

  async onSignal() {
    if (this.stopping) return;
    console.log('\nStopping…');
    await this.stop();
    process.exit(0);
  }
}
