import { type AskingPorts, keepAsking, type Outage } from '../../api/keep-asking';

/** One of the two. */
export type OrSeen<T, S> = { answer: T; seen?: undefined } | { answer?: undefined; seen: S };

/** Milliseconds in which what was seen is found; people hear of the outage then, whatever is still being looked for. */
const LOOKING = 1_000;

/**
 * What `ask` answers, asked until it does; where nobody answers (or not within seconds), what was last seen instead. Only where
 * there is nothing of that either, `tell` hears of the outage. A refusal is thrown, never covered by what was seen before it.
 */
export async function orLastSeen<T, S>(
  ask: () => Promise<T>,
  seen: () => Promise<S | undefined>,
  onOutage: (outage: Outage) => void,
  ports: AskingPorts,
  over: AbortSignal,
): Promise<OrSeen<T, S>> {
  const settled = new AbortController();
  let show = (_: { seen: S }): void => undefined;
  const instead = new Promise<{ seen: S }>((resolve) => {
    show = resolve;
  });
  let looked: Promise<S | undefined> | undefined;
  const followOutage = (outage: Outage): void => {
    // A server that answers, if only with trouble, is not out of reach.
    if (outage.problem && !outage.problem.isOffline) {
      onOutage(outage);
      return;
    }
    looked ??= seen();
    const done = new AbortController();
    void looked.then((found) => {
      done.abort();
      if (settled.signal.aborted) return;
      if (found === undefined) onOutage(outage);
      else show({ seen: found });
    });
    const ended = AbortSignal.any([done.signal, settled.signal]);
    void ports.wait(LOOKING, ended).then(() => ended.aborted || onOutage(outage));
  };
  const asked = keepAsking(ask, followOutage, ports, AbortSignal.any([over, settled.signal])).then((answer) => ({ answer }));
  // It is raced below, and may lose.
  asked.catch(() => undefined);
  try {
    return await Promise.race([asked, instead]);
  } finally {
    settled.abort();
  }
}
