/** The same load put to several servers in turns, each time to another one first: a noisy neighbour meets all of them. */
import type autocannon from 'autocannon';
import { type Load, load, median } from './load';

export interface Turns {
  rounds: number;
  /** Of each round. */
  seconds: number;
  /** After each round, with the name of the one that was asked. */
  check?(name: string): Promise<unknown>;
}

/** Medians over the rounds, but for what failed: that is all of it. */
export async function inTurns<Name extends string>(
  asked: Record<Name, Omit<autocannon.Options, 'duration'>>,
  { rounds, seconds, check }: Turns,
): Promise<Record<Name, Load>> {
  const names = Object.keys(asked) as Name[];
  const taken = new Map<Name, Load[]>(names.map((name) => [name, []]));
  for (const name of names) await load({ ...asked[name], duration: 2 });
  for (let round = 0; round < rounds; round++)
    for (const turn of names.keys()) {
      const name = names[(round + turn) % names.length] as Name;
      taken.get(name)?.push(await load({ ...asked[name], duration: seconds }));
      await check?.(name);
    }
  const of = (name: Name): Load => {
    const loads = taken.get(name) ?? [];
    return {
      perSecond: median(loads.map(({ perSecond }) => perSecond)),
      p50: median(loads.map(({ p50 }) => p50)),
      p99: median(loads.map(({ p99 }) => p99)),
      failed: loads.reduce((sum, { failed }) => sum + failed, 0),
    };
  };
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Load>;
}
