/** The cluster suite in namespaces of its own: by itself, or as the last part of `npm test` where this machine can run it. */
import { inNamespaces } from '../cluster/namespaces.ts';
import { clusterTools } from '../setup/cluster-tools.ts';
import { Failure, Lacking } from '../setup/failure.ts';
import type { Counts } from './tally.ts';
import { runProject } from './vitest.ts';

/** `tools`: the folder of clusterTools(). */
export const runCluster = ({ tools, browser }: { tools: string; browser: string }): Promise<Counts> =>
  inNamespaces(tools, ({ under, env }) => runProject('cluster', { ...env, CHROMIUM_PATH: browser }, under));

/** Minutes that the suite takes at most, on a machine that does other things as well. */
const SUITE_MINUTES = 15;

/**
 * What the suite needs, from now on: built beside the other suites, with what they leave of the processors. `minutes`: DATAMESH_TEST_MINUTES, how long all of them together may
 * take; by default as long as they take. Throws where it is no number.
 */
export class ClusterAhead {
  /** Never rejects: what keeps the tools from being there is an error that it resolves to. */
  readonly #tools: Promise<string | Error>;
  readonly #abandoned = new AbortController();
  /** As performance.now() has it: a suite that begins later would not end in time. */
  readonly #latest: number;

  constructor(minutes: string | undefined, build = clusterTools) {
    const most = minutes ? Number(minutes) : Number.POSITIVE_INFINITY;
    if (!(most > 0)) throw new Failure(`DATAMESH_TEST_MINUTES is a number of minutes, not "${minutes}".`);
    this.#latest = performance.now() + (most - SUITE_MINUTES) * 60_000;
    this.#tools = build(this.#abandoned.signal).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  }

  /** Their folder. Throws Lacking, with the reason, where the suite cannot run here or would not end in time; else what broke. */
  async tools(): Promise<string> {
    const found = this.#latest === Number.POSITIVE_INFINITY ? await this.#tools : await Promise.race([this.#late(), this.#tools]);
    if (!(found instanceof Error)) return found;
    this.abandon();
    throw found;
  }

  /** Nobody waits for them any more. */
  abandon(): void {
    this.#abandoned.abort();
  }

  async #late(): Promise<Error> {
    const left = this.#latest - performance.now();
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left).unref());
    return new Lacking(`fewer than ${SUITE_MINUTES} minutes are left of DATAMESH_TEST_MINUTES; "npm run test:cluster" runs it.`);
  }
}
