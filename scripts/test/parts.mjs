/** A test run as a row of titled parts: what throws has failed, and the rest goes on. */
import { runNode } from '../build/program.mjs';
import { Failure } from '../setup/failure.mjs';
import { Tally } from './tally.mjs';

export class Parts {
  #tally = new Tally();

  /** What the work resolves to, or true where that is nothing, such as none that had to be built; false when it threw, which counts as a failure. */
  async part(title, work) {
    const since = performance.now();
    console.log(`\n== ${title}`);
    try {
      return (await work()) || true;
    } catch (error) {
      console.error(error instanceof Failure ? error.message : error);
      this.#tally.check(false, title);
      return false;
    } finally {
      console.log(`== ${title}: ${((performance.now() - since) / 1000).toFixed(0)} s`);
    }
  }

  /** A part that passes or fails as a whole. */
  check(title, work) {
    return this.part(title, async () => this.#tally.check(await work(), title));
  }

  /** A part that knows how many of its own passed. */
  suite(title, work) {
    return this.part(title, async () => this.#tally.add(await work()));
  }

  /** Whether the program ended well; what it said has gone to the terminal. */
  async program(args) {
    try {
      await runNode(args);
      return true;
    } catch (error) {
      console.error(error.message);
      return false;
    }
  }

  /** Says what failed, then `N passed, N failed`, and sets the exit code. */
  finish() {
    for (const failure of this.#tally.failures) console.log(`\nFailed: ${failure}`);
    const { line, code } = this.#tally.result(process.env.CI === 'true');
    console.log(`\n${line}`);
    process.exitCode = code;
  }
}
