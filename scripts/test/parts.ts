/** A test run as a row of titled parts: what throws has failed, and the rest goes on. */
import { runNode } from '../build/program.ts';
import { Failure, Lacking, messageOf } from '../setup/failure.ts';
import { type Counts, Tally } from './tally.ts';

export class Parts {
  #tally = new Tally();
  /** Parts that this machine cannot run, each with its reason: said again at the end. */
  #notRun: string[] = [];

  /**
   * The text that the work resolves to, or true where it resolves to anything else; false when it threw. That counts as a failure, but for what this
   * machine lacks: it is named at the end.
   */
  part(title: string, work: () => Promise<string>): Promise<string | false>;
  part(title: string, work: () => unknown): Promise<boolean>;
  async part(title: string, work: () => unknown): Promise<string | boolean> {
    const since = performance.now();
    console.log(`\n== ${title}`);
    try {
      const done = await work();
      return typeof done === 'string' ? done : true;
    } catch (error) {
      console.error(error instanceof Failure ? error.message : error);
      if (error instanceof Lacking) this.#notRun.push(`${title}: ${error.message}`);
      else this.#tally.check(false, title);
      return false;
    } finally {
      console.log(`== ${title}: ${((performance.now() - since) / 1000).toFixed(0)} s`);
    }
  }

  /** A part that passes or fails as a whole. */
  check(title: string, work: () => Promise<boolean>): Promise<boolean> {
    return this.part(title, async () => this.#tally.check(await work(), title));
  }

  /** A part that knows how many of its own passed. */
  suite(title: string, work: () => Promise<Counts>): Promise<boolean> {
    return this.part(title, async () => this.#tally.add(await work()));
  }

  /** Whether the program ended well; what it said has gone to the terminal. */
  async program(args: readonly string[]): Promise<boolean> {
    try {
      await runNode(args);
      return true;
    } catch (error) {
      console.error(messageOf(error));
      return false;
    }
  }

  /** Says what did not run, what failed, then `N passed, N failed`, and sets the exit code. */
  finish(): void {
    for (const reason of this.#notRun) console.log(`\nNot run: ${reason}`);
    for (const failure of this.#tally.failures) console.log(`\nFailed: ${failure}`);
    const { line, code } = this.#tally.result(process.env.CI === 'true');
    console.log(`\n${line}`);
    process.exitCode = code;
  }
}
