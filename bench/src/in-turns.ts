import type autocannon from 'autocannon';
import { type Load, load, median } from './load';

/** Takes something of each, in turns, each time of another one first: a noisy neighbour meets all of them. What each round took. */
export async function inTurns<Name extends string, Taken>(
  names: readonly Name[],
  rounds: number,
  take: (name: Name) => Promise<Taken>,
): Promise<Record<Name, Taken>[]> {
  const taken: Record<Name, Taken>[] = [];
  for (let round = 0; round < rounds; round++) {
    const took: [Name, Taken][] = [];
    for (const turn of names.keys()) {
      const name = names[(round + turn) % names.length] as Name;
      took.push([name, await take(name)]);
    }
    taken.push(Object.fromEntries(took) as Record<Name, Taken>);
  }
  return taken;
}

export interface LoadTurns<Name> {
  rounds: number;
  /** Of each round. */
  seconds: number;
  /** After each round, with the name of the one that was asked. */
  check?(name: Name): Promise<unknown>;
}

/** The same load put to several servers: medians over the rounds, but for what failed: that is all of it. */
export async function loadInTurns<Name extends string>(
  asked: Record<Name, Omit<autocannon.Options, 'duration'>>,
  { rounds, seconds, check }: LoadTurns<Name>,
): Promise<Record<Name, Load>> {
  const names = Object.keys(asked) as Name[];
  for (const name of names) await load({ ...asked[name], duration: 2 });
  const taken = await inTurns(names, rounds, async (name) => {
    const took = await load({ ...asked[name], duration: seconds });
    await check?.(name);
    return took;
  });
  const of = (name: Name): Load => {
    const loads = taken.map((took) => took[name]);
    return {
      perSecond: median(loads.map(({ perSecond }) => perSecond)),
      p50: median(loads.map(({ p50 }) => p50)),
      p99: median(loads.map(({ p99 }) => p99)),
      failed: loads.reduce((sum, { failed }) => sum + failed, 0),
    };
  };
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Load>;
}
