/** The demo's widgets: built again when their sources change, and published as a new version, which open dashboards change to by themselves. */
import { build } from '../build/build.mjs';
import { findRemotes } from '../build/remotes.mjs';
import { workspaceFolders } from '../build/sources.mjs';
import { developmentRemoteStep } from '../build/steps.mjs';
import { publishRemotes } from '../demo/remotes.mjs';
import { builtAt } from './folders.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { tellState } from './state.mjs';

export class RemoteBuilds {
  /** `call` as registryAs gives it. */
  constructor(call, settings) {
    this.call = call;
    this.settings = settings;
    // What was published is kept in one file.
    this.publish = oneAtATime(() => this.#publish());
  }

  /** Who uses which folders: [{ folders, renew() }]. */
  async users() {
    const whole = (await findRemotes()).filter(({ fault }) => !fault);
    return Promise.all(
      whole.map(async ({ name, folder }) => ({ folders: await workspaceFolders(folder), renew: oneAtATime(() => this.#renew(name)) })),
    );
  }

  /** Its version is part of what is built, so it is a build of its own each time, and none that goes on. */
  async #renew(name) {
    const began = performance.now();
    const remote = (await findRemotes()).find((one) => one.name === name);
    if (!remote) return;
    try {
      if (!(await build({ all: [await developmentRemoteStep(remote, builtAt)], quiet: true }))) return await tellState(name);
      await this.publish();
      await tellState(name);
      console.log(`${name}: published anew in ${Math.round(performance.now() - began)} ms`);
    } catch (error) {
      console.error(`${name}: ${error.message}`);
      await tellState(name, error.message);
    }
  }

  async #publish() {
    const { published, skipped } = await publishRemotes(this.call, this.settings, builtAt);
    for (const line of skipped) console.error(line);
    if (published > 0) console.log(`Published ${published} ${published === 1 ? 'widget' : 'widgets'}.`);
  }
}
