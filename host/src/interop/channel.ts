import type { Context } from '@datamesh/contracts';
import { freeze } from './contexts';
import type { Trace } from './traces';
import type { Handler, Member, Metadata } from './types';

/** A context on its way, or kept for who joins later. */
export interface Delivery {
  context: Context;
  metadata: Metadata;
  trace: Trace;
}

/** The same for another page. JSON. */
export interface KeptContext {
  context: Context;
  metadata: Metadata;
  senders: string[];
}

/** A widget that makes up types keeps the last ones only. */
const MAX_TYPES = 200;

export interface Subscription {
  member: Member;
  /** null hears every type. */
  type: string | null;
  handler: Handler;
  /** False while the panel only sends. */
  isReceiving(): boolean;
  /** It sets something of its member's element. */
  wire?: true;
}

/** One channel: who listens, and the last context of each type. Knows nothing of FDC3. */
export class ContextChannel {
  readonly subscriptions = new Set<Subscription>();
  readonly #last = new Map<string, Delivery>();

  constructor(
    readonly id: string,
    readonly kind: 'user' | 'app' | 'private',
  ) {}

  keep(delivery: Delivery): void {
    // Deleted first, so that the order is the order of arrival.
    this.#last.delete(delivery.context.type);
    this.#last.set(delivery.context.type, delivery);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MAX_TYPES && oldest !== undefined) this.#last.delete(oldest);
  }

  forget(type: string): void {
    this.#last.delete(type);
  }

  /** The last context of a type, or of all. */
  current(type?: string | null): Delivery | undefined {
    return type ? this.#last.get(type) : [...this.#last.values()].at(-1);
  }

  kept(): Delivery[] {
    return [...this.#last.values()];
  }

  /** Of the same channel on an earlier page. Whatever set them off is over, and still does not hear itself. */
  takeOver(kept: readonly KeptContext[]): void {
    for (const { context, metadata, senders } of kept) {
      const trace: Trace = { id: metadata.traceId, hops: 0, sent: { count: 1 }, senders: new Set(senders) };
      this.keep({ context: freeze(context), metadata: freeze(metadata), trace });
    }
  }
}
