/** The demo's widgets: built again when their sources change, and published as a new version, which open dashboards change to by themselves. */
import { build } from '../build/build.ts';
import { findRemotes } from '../build/remotes.ts';
import { workspaceFolders } from '../build/sources.ts';
import { developmentRemoteStep } from '../build/steps.ts';
import type { Call } from '../demo/registry.ts';
import { publishRemotes } from '../demo/remotes.ts';
import type { Settings } from '../run/settings.ts';
import { messageOf } from '../setup/failure.ts';
import { builtAt } from './folders.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { reportState } from './state.ts';

/** What is built anew when something changes in its folders. */
export interface User {
  folders: string[];
  renew(): Promise<void>;
}

export class RemoteBuilds {
  /** What was published is kept in one file. */
  readonly publish = oneAtATime(() => this.#publish());
  #call: Call;
  #settings: Settings;

  constructor(call: Call, settings: Settings) {
    this.#call = call;
    this.#settings = settings;
  }

  async users(): Promise<User[]> {
    const whole = (await findRemotes()).filter(({ fault }) => !fault);
    return Promise.all(
      whole.map(async ({ name, folder }) => ({ folders: await workspaceFolders(folder), renew: oneAtATime(() => this.#renew(name)) })),
    );
  }

  /** Its version is part of what is built, so it is a build of its own each time, and none that goes on. */
  async #renew(name: string): Promise<void> {
    const began = performance.now();
    const remote = (await findRemotes()).find((one) => one.name === name);
    if (!remote) return;
    try {
      if (!(await build({ all: [await developmentRemoteStep(remote, builtAt)], quiet: true }))) return await reportState(name);
      await this.publish();
      await reportState(name);
      console.log(`${name}: published anew in ${Math.round(performance.now() - began)} ms`);
    } catch (error) {
      console.error(`${name}: ${messageOf(error)}`);
      await reportState(name, messageOf(error));
    }
  }

  async #publish(): Promise<void> {
    const { published, skipped } = await publishRemotes(this.#call, this.#settings, builtAt);
    for (const line of skipped) console.error(line);
    if (published > 0) console.log(`Published ${published} ${published === 1 ? 'widget' : 'widgets'}.`);
  }
}
