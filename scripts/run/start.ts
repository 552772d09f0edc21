import { mkdir } from 'node:fs/promises';
import { build } from '../build/build.ts';
import { createCompany, peopleTable } from '../demo/company.ts';
import { registryAs } from '../demo/registry.ts';
import { publishRemotes } from '../demo/remotes.ts';
import { requireDisk } from '../setup/disk.ts';
import { Failure } from '../setup/failure.ts';
import { install } from '../setup/install.ts';
import { requireFreePorts } from '../setup/ports.ts';
import { claim, holderOf } from './claim.ts';
import { sitesWithDemo } from './demo-site.ts';
import type { Service } from './service.ts';
import { readSettings, type Settings, servicesOf } from './settings.ts';
import { Supervisor } from './supervisor.ts';

/** Reads top to bottom as what happens. Resolves never: it ends with a signal, or with the first service that cannot be kept running. */
export async function start({ built, withParent }: { built: boolean; withParent: boolean }): Promise<void> {
  const began = performance.now();
  const settings = readSettings();
  await mkdir(settings.data, { recursive: true });
  await requireNobodyElse(settings.data);
  await requireFreePorts(servicesOf(settings));
  await requireDisk(settings.data, 200);
  if (!built) {
    await install();
    await build({ withoutBrokenRemotes: true });
  }

  const running = new Running(await claim(settings.data));
  if (withParent) process.stdin.on('end', () => running.onSignal()).resume();
  try {
    await running.start(servicesOf({ ...settings, sites: await sitesWithDemo(settings) }), settings.logs);
    await running.unlessOneFails(setUp(settings, running));
    console.log(welcome(settings, began));
    await running.unlessOneFails(new Promise(() => {}));
  } catch (error) {
    if (running.stopping) return;
    await running.stop();
    throw error;
  }
}

async function requireNobodyElse(data: string): Promise<void> {
  const holder = await holderOf(data);
  if (holder) throw new Failure(`It runs already on ${data} (process ${holder.pid}).`);
}

async function setUp(settings: Settings, running: Running): Promise<void> {
  await running.ready('registry-api');
  const call = await registryAs(settings);
  const { published, skipped } = await publishRemotes(call, settings);
  for (const line of skipped) console.error(line);
  if (published > 0) console.log(`Published ${published} ${published === 1 ? 'widget' : 'widgets'}.`);
  const made = await createCompany(call);
  if (made.length > 0) console.log(`Set up ${made.join(' and ')}.`);
  await running.ready();
}

/** People are shown where it is the demo's issuer that lets them in. */
function welcome({ publicUrl, logs, issuer }: Settings, began: number): string {
  return [
    '',
    `  Open ${publicUrl}   (ready in ${((performance.now() - began) / 1000).toFixed(1)} s)`,
    '',
    ...(issuer ? [`  Sign-in is by ${issuer}`] : peopleTable()),
    '',
    `  Logs are in ${logs}. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

/** The processes, and the one place that ends them. */
class Running {
  stopping = false;
  #services: Supervisor[] = [];
  #release: () => Promise<void>;

  constructor(release: () => Promise<void>) {
    this.#release = release;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => this.onSignal());
  }

  async start(services: readonly Service[], logs: string): Promise<void> {
    this.#services = services.map((service) => new Supervisor(service, logs));
    await Promise.all(this.#services.map((service) => service.start()));
  }

  /** All of them, or the named one; from then on it is watched. */
  async ready(name?: string): Promise<void> {
    const wanted = this.#services.filter((service) => !name || service.name === name);
    await Promise.all(wanted.map((service) => service.ready()));
    for (const service of wanted) void service.watch();
  }

  /** The work's result; a Failure as soon as a service cannot be kept running. */
  unlessOneFails<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, ...this.#services.map((service) => service.failed)]);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.#services.map((service) => service.stop()));
    await this.#release();
  }

  async onSignal(): Promise<void> {
    if (this.stopping) return;
    console.log('\nStopping…');
    await this.stop();
    process.exit(0);
  }
}
