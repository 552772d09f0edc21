/** Builds what changed since the last time, two at a time. */
import { rm } from 'node:fs/promises';
import { Failure } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';
import { hashOf } from './sources.ts';
import { readStamp, removeStamp, writeStamp } from './stamp.ts';
import { buildSteps, type Step } from './steps.ts';

const AT_ONCE = 2;
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

interface BuildOptions {
  withoutBrokenRemotes?: boolean | undefined;
  only?: string | undefined;
  all?: Step[] | undefined;
  quiet?: boolean | undefined;
}

/** A step, and the hash of what it is made of now. */
type Known = Step & { sources: string };

/**
 * Throws a Failure with the builder's own words when one fails; the others are finished first. With `withoutBrokenRemotes` a remote
 * that does not build is said and left out: one team's mistake is no reason for everybody else's dashboard to stay away. `only` is a
 * folder, such as `host` or `packages`: what is built into it, as images/ need. `all`: of these steps; `quiet`:
 * without a word, as long as all is well. -> how many were built.
 */
export async function build({ withoutBrokenRemotes = false, only = '', all, quiet = false }: BuildOptions = {}): Promise<number> {
  const say = quiet ? () => {} : (line: string) => console.log(line);
  const began = performance.now();
  const steps = (all ?? (await buildSteps())).filter(({ output }) => only === '' || output.startsWith(`${only}/`));
  if (steps.length === 0) throw new Failure(`Nothing is built into ${only}/`);
  const known = await Promise.all(steps.map(async (step) => ({ ...step, sources: await hashOf(step.inputs) })));
  const changed: Known[] = [];
  for (const step of known) if ((await readStamp(at(step.output))).sources !== step.sources) changed.push(step);
  if (changed.length === 0) {
    say(`Built already: ${known.length} parts, nothing changed.`);
    return 0;
  }
  say(`Building ${changed.length} of ${known.length} parts…`);
  const failed: string[] = [];
  const queue = changed.values();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const step of queue) {
        const since = performance.now();
        const error = await buildOne(step).catch((reason: unknown) => reason);
        done += 1;
        say(`  [${done}/${changed.length}] ${step.name} ${error ? 'FAILED' : seconds(since)}`);
        if (!error) continue;
        const text = `${step.name} does not build:\n${error instanceof Error ? error.message : error}`;
        if (step.isRemote && withoutBrokenRemotes) console.error(`\n${text}\nGoing on without ${step.name}.\n`);
        else failed.push(text);
      }
    }),
  );
  if (failed.length > 0) throw new Failure(`\n${failed.join('\n\n')}`);
  say(`Built in ${seconds(began)}.`);
  return changed.length;
}

async function buildOne({ output, sources, run }: Known): Promise<void> {
  await removeStamp(at(output));
  const said = await run(sources);
  await writeStamp(at(output), { sources, ...(typeof said === 'object' ? said : {}) });
}

/** Everything again from nothing. */
export async function clean(): Promise<void> {
  for (const { output } of await buildSteps()) await rm(at(output), { recursive: true, force: true });
}
