import type { Context } from '@datamesh/contracts';
import { sameContext } from './contexts';

/** What one act of a person set in motion: who passed it on, and how often. */
export interface Trace {
  readonly id: string;
  readonly hops: number;
  /** Counts everything sent in this trace, on all its branches. */
  readonly sent: { count: number };
  /** `panel type` of everyone who sent in this chain: it does not come back to them. */
  readonly senders: ReadonlySet<string>;
}

/** A chain longer than this is a loop between widgets, whatever it carries. */
export const MOST_HOPS = 8;
/** Branches multiply: ten panels that each pass something on reach 10^8 contexts within eight hops. */
export const MOST_SENT = 64;

export const isLoop = (trace: Trace): boolean => trace.hops > MOST_HOPS || trace.sent.count > MOST_SENT;

/**
 * Follows chains. What a panel sends while it handles a context belongs to that context's chain; so does a context that it
 * sends later and that is the very one it received: a widget that answers after an `await` is caught as well.
 */
export class Traces {
  #handling: Trace | undefined;
  readonly #received = new Map<string, { trace: Trace; context: Context }>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** The trace of what this panel sends now. */
  next(panel: string, context: Context): Trace {
    const key = keyOf(panel, context.type);
    const echoed = this.#received.get(key);
    const before = this.#handling ?? (echoed && sameContext(echoed.context, context) ? echoed.trace : undefined);
    if (!before) return { id: this.#newId(), hops: 0, sent: { count: 1 }, senders: new Set([key]) };
    before.sent.count += 1;
    return { id: before.id, hops: before.hops + 1, sent: before.sent, senders: new Set([...before.senders, key]) };
  }

  mayReceive(panel: string, type: string, trace: Trace): boolean {
    return !trace.senders.has(keyOf(panel, type));
  }

  /** Runs a handler inside the chain of what it handles. */
  handle(panel: string, context: Context, trace: Trace, run: () => void): void {
    this.#received.set(keyOf(panel, context.type), { trace, context });
    const outer = this.#handling;
    this.#handling = trace;
    try {
      run();
    } finally {
      this.#handling = outer;
    }
  }

  forget(panel: string): void {
    for (const key of [...this.#received.keys()]) if (key.startsWith(`${panel} `)) this.#received.delete(key);
  }
}

const keyOf = (panel: string, type: string): string => `${panel} ${type}`;
