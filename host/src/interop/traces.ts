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
export const MAX_HOPS = 8;
/** What a panel says within this time of what came to it along a wire was set off by that; milliseconds. */
export const REACTION = 2_000;
/** Branches multiply: ten panels that each pass something on reach 10^8 contexts within eight hops. */
export const MAX_SENT = 64;

export const isLoop = (trace: Trace): boolean => trace.hops > MAX_HOPS || trace.sent.count > MAX_SENT;

/**
 * Follows chains. What a panel sends while it handles a context belongs to that context's chain; so does a context that it
 * sends later and that is the very one it received: a widget that answers after an `await` is caught as well.
 */
export class Traces {
  #handling: Trace | undefined;
  readonly #received = new Map<string, { trace: Trace; context: Context }>();
  /** By panel, what came to it along a wire last. */
  readonly #set = new Map<string, { trace: Trace; at: number }>();

  constructor(
    private readonly newId: () => string,
    private readonly now: () => number,
  ) {}

  /** The trace of what this panel sends now. */
  next(panel: string, context: Context): Trace {
    const key = keyOf(panel, context.type);
    const echoed = this.#received.get(key);
    const before = this.#handling ?? (echoed && sameContext(echoed.context, context) ? echoed.trace : undefined);
    if (!before) return { id: this.newId(), hops: 0, sent: { count: 1 }, senders: new Set([key]) };
    before.sent.count += 1;
    return { id: before.id, hops: before.hops + 1, sent: before.sent, senders: new Set([...before.senders, key]) };
  }

  /**
   * The trace of the same along wires, where `trace` begins a chain. Whoever set an attribute did not call anybody: an element draws anew, and
   * says something, in a task of its own. Its hops count, so that a circle of wires comes to an end; what else it says is not counted
   * together, for it may say much by itself.
   */
  alongWires(panel: string, context: Context, trace: Trace): Trace {
    const before = this.#set.get(panel);
    if (trace.hops > 0 || !before || this.now() - before.at > REACTION) return trace;
    const { id, hops, senders } = before.trace;
    return { id, hops: hops + 1, sent: { count: 1 }, senders: new Set([...senders, keyOf(panel, context.type)]) };
  }

  /** Something has come to the panel along a wire. */
  wasSet(panel: string, trace: Trace): void {
    this.#set.set(panel, { trace, at: this.now() });
  }

  /** A person is at work in the panel: what it says now is theirs. */
  used(panel: string): void {
    this.#set.delete(panel);
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
    this.#set.delete(panel);
    for (const key of [...this.#received.keys()]) if (key.startsWith(`${panel} `)) this.#received.delete(key);
  }
}

const keyOf = (panel: string, type: string): string => `${panel} ${type}`;
