import type { RegistryEvent } from '@datamesh/contracts';
import { delay } from './delay';

/** `connecting` until the first answer; `offline` while a lost stream is being sought again. */
export type StreamState = 'connecting' | 'live' | 'offline' | 'signed-out';

export interface Numbered {
  seq: number;
  event: RegistryEvent;
}

/** What tabs of one browser tell each other. */
export type TabMessage =
  | ({ kind: 'event'; previous: number | null } & Numbered)
  | { kind: 'state'; state: StreamState; seq: number | null }
  /** `seq`: where the stream stands now, whatever a tab has seen before; null when nobody knows. */
  | { kind: 'resync'; seq: number | null }
  | { kind: 'hello' }
  | { kind: 'missed'; after: number };

/** `reset`: what came after the last number is forgotten, or was never numbered so; the stream goes on from `seq`. */
export type StreamItem = { kind: 'open' } | { kind: 'reset'; seq: number } | ({ kind: 'event' } & Numbered);

/** The session has ended: reconnecting would only be refused again. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused';
}

export interface StreamPorts {
  /** Runs `lead` once this tab is the leader, until the signal aborts. */
  lead(run: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void>;
  post(message: TabMessage): void;
  onMessage(listener: (message: TabMessage) => void): () => void;
  /** One connection; ends or throws when it is lost. */
  connect(after: number | null, signal: AbortSignal): AsyncIterable<StreamItem>;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

export interface StreamListener {
  event(event: RegistryEvent): void;
  state(state: StreamState): void;
  /** Something may have been missed and cannot be replayed: ask again for what is shown. */
  resync(): void;
}

const KEPT = 200;

/**
 * One event stream per browser: HTTP/1.1 allows six connections to an origin across all tabs. The leader holds the stream and tells
 * the others. Each tab remembers the last sequence number it has seen and resumes after it when it becomes the leader, so a
 * hand-over loses nothing; a number seen before is dropped.
 */
export class EventStream {
  #state: StreamState = 'connecting';
  #last: number | null = null;
  #leading = false;
  /** Everything after this number is in `#recent`; null until a leader has said where it stands, or an event has come. */
  #since: number | null = null;
  #recent: Numbered[] = [];
  readonly #stop = new AbortController();
  readonly #unlisten: () => void;

  constructor(
    private readonly ports: StreamPorts,
    private readonly listener: StreamListener,
  ) {
    this.#unlisten = ports.onMessage((message) => this.#onMessage(message));
    ports.post({ kind: 'hello' });
    ports
      .lead((signal) => this.#run(signal), this.#stop.signal)
      .catch(() => {
        // Whatever the browser's reason: no stream comes to this tab unless another one leads, and says so.
        this.#leading = false;
        if (!this.#stop.signal.aborted) this.#set('offline');
      });
  }

  get state(): StreamState {
    return this.#state;
  }

  dispose(): void {
    this.#stop.abort();
    this.#unlisten();
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#leading = true;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const after = this.#last;
        for await (const item of this.ports.connect(after, signal)) {
          failures = 0;
          if (item.kind === 'event') this.#receive(item);
          else if (item.kind === 'reset') {
            this.#standAt(item.seq);
            this.#missedSomething();
          } else {
            this.#become('live');
            // Without a number to resume from, whatever happened since the page asked for its layout is unknown.
            if (after === null) this.#missedSomething();
          }
        }
      } catch (cause) {
        if (signal.aborted) return;
        if (cause instanceof StreamRefused) {
          this.#become('signed-out');
          return;
        }
      }
      if (signal.aborted) return;
      // A stream that simply ended (a server that restarts) is sought at once, and named offline only when that fails.
      if (failures > 0) this.#become('offline');
      await this.ports.wait(delay(failures++, this.ports.random()), signal);
    }
  }

  /** From the server, as the leader. */
  #receive({ seq, event }: Numbered): void {
    const previous = this.#last;
    if (previous !== null && seq <= previous) return;
    this.#take({ seq, event });
    this.ports.post({ kind: 'event', seq, event, previous });
  }

  #standAt(seq: number): void {
    this.#last = seq;
    this.#since = seq;
    this.#recent = [];
  }

  #take(numbered: Numbered): void {
    this.#last = numbered.seq;
    this.#since ??= numbered.seq - 1;
    this.#recent.push(numbered);
    if (this.#recent.length > KEPT) this.#since = this.#recent.shift()?.seq ?? this.#since;
    this.listener.event(numbered.event);
  }

  #onMessage(message: TabMessage): void {
    if (message.kind === 'hello' || message.kind === 'missed') {
      if (this.#leading) this.#answer(message);
      return;
    }
    if (message.kind === 'resync') {
      if (message.seq !== null) this.#standAt(message.seq);
      this.listener.resync();
      return;
    }
    if (message.kind === 'state') {
      if (this.#leading) return;
      if (this.#last === null && message.seq !== null) {
        this.#standAt(message.seq);
        // This tab asked for its page before it knew where the stream stood.
        this.listener.resync();
      } else if (this.#last !== null && message.seq !== null && message.seq > this.#last)
        this.ports.post({ kind: 'missed', after: this.#last });
      this.#set(message.state);
      return;
    }
    if (this.#last !== null && message.seq <= this.#last) return;
    // Numbers have gaps where an event is not for this person, so each message says which one came before it.
    if (this.#last !== null && message.previous !== null && message.previous > this.#last) {
      this.ports.post({ kind: 'missed', after: this.#last });
      return;
    }
    this.#take(message);
  }

  #answer(message: TabMessage & { kind: 'hello' | 'missed' }): void {
    if (message.kind === 'hello') {
      this.ports.post({ kind: 'state', state: this.#state, seq: this.#last });
      return;
    }
    // A leader that came late does not know what was before it either.
    if (this.#since === null || message.after < this.#since) {
      this.ports.post({ kind: 'resync', seq: this.#last });
      return;
    }
    let previous = message.after;
    for (const { seq, event } of this.#recent.filter(({ seq: known }) => known > message.after)) {
      this.ports.post({ kind: 'event', seq, event, previous });
      previous = seq;
    }
  }

  #missedSomething(): void {
    this.listener.resync();
    this.ports.post({ kind: 'resync', seq: this.#last });
  }

  #become(state: StreamState): void {
    this.#set(state);
    this.ports.post({ kind: 'state', state, seq: this.#last });
  }

  #set(state: StreamState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.listener.state(state);
  }
}
