import type { RegistryEvent } from '@datamesh/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { delay } from './delay';
import { EventStream, type StreamItem, type StreamPorts, StreamRefused, type TabMessage } from './event-stream';

/** The outbox: numbered events with gaps (what is not for this person), and who is connected. */
class Server {
  readonly #events: { seq: number; event: RegistryEvent }[] = [];
  readonly #connections = new Set<{ push(item: StreamItem): void; end(error?: Error): void }>();
  readonly connects: (number | null)[] = [];
  up = true;
  refuse = false;
  /** How far back a replay reaches beyond what was asked for. */
  overlap = 0;

  get connected(): number {
    return this.#connections.size;
  }

  /** What was missed is forgotten, or the numbering began anew: every connection is told so. */
  reset(seq: number): void {
    for (const connection of this.#connections) connection.push({ kind: 'reset', seq });
  }

  publish(seq: number): void {
    const item = { seq, event: { id: `e${seq}`, type: 'layouts.changed' as const, at: '', data: { seq } } };
    this.#events.push(item);
    for (const connection of this.#connections) connection.push({ kind: 'event', ...item });
  }

  drop(): void {
    for (const connection of [...this.#connections]) connection.end(new Error('connection lost'));
  }

  async *connect(after: number | null, signal: AbortSignal): AsyncGenerator<StreamItem> {
    this.connects.push(after);
    if (this.refuse) throw new StreamRefused('401');
    if (!this.up) throw new Error('connection refused');
    const queue: StreamItem[] = [{ kind: 'open' }];
    if (after !== null) for (const item of this.#events) if (item.seq > after - this.overlap) queue.push({ kind: 'event', ...item });
    let wake: (() => void) | undefined;
    let ended: { error?: Error | undefined } | undefined;
    const connection = {
      push: (item: StreamItem) => {
        queue.push(item);
        wake?.();
      },
      end: (error?: Error) => {
        ended = { error };
        this.#connections.delete(connection);
        wake?.();
      },
    };
    this.#connections.add(connection);
    signal.addEventListener('abort', () => connection.end());
    for (;;) {
      for (let item = queue.shift(); item; item = queue.shift()) yield item;
      if (ended?.error) throw ended.error;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

/** One browser: a lock that one tab holds, a channel that reaches all the others. */
class Browser {
  readonly #waiting: (() => void)[] = [];
  readonly #tabs = new Set<(message: TabMessage) => void>();
  #held = false;
  /** Tabs whose messages do not arrive, as of a page that the browser has frozen. */
  readonly deaf = new Set<(message: TabMessage) => void>();

  constructor(readonly server: Server) {}

  /** Hears what the tabs say. */
  listen(hear: (message: TabMessage) => void): void {
    this.#tabs.add(hear);
  }

  open(name: string): Tab {
    return new Tab(name, this);
  }

  ports(tab: Tab): StreamPorts {
    let own: ((message: TabMessage) => void) | undefined;
    return {
      lead: async (run, signal) => {
        if (this.#held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
        if (signal.aborted) return this.#waiting.shift()?.();
        this.#held = true;
        try {
          await run(signal);
        } finally {
          this.#held = false;
          this.#waiting.shift()?.();
        }
      },
      post: (message) => {
        for (const hear of this.#tabs) if (hear !== own && !this.deaf.has(hear)) hear(structuredClone(message));
      },
      onMessage: (hear) => {
        own = hear;
        tab.hear = hear;
        this.#tabs.add(hear);
        return () => this.#tabs.delete(hear);
      },
      connect: (after, signal) => this.server.connect(after, signal),
      wait: () => new Promise((resolve) => setImmediate(resolve)),
      random: () => 0,
    };
  }
}

class Tab {
  readonly seen: number[] = [];
  resyncs = 0;
  readonly stream: EventStream;
  hear: (message: TabMessage) => void = () => undefined;

  constructor(
    readonly name: string,
    readonly browser: Browser,
  ) {
    this.stream = new EventStream(browser.ports(this), {
      event: ({ data }) => this.seen.push((data as { seq: number }).seq),
      state: () => undefined,
      resync: () => {
        this.resyncs++;
      },
    });
    tabs.push(this);
  }

  close(): void {
    this.stream.dispose();
  }
}

const tabs: Tab[] = [];
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.close();
});

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`never came: ${holds}`);
}

describe('EventStream', () => {
  it('holds one connection for a whole browser, and every tab hears everything once', async () => {
    const browser = new Browser(new Server());
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => browser.open(name));
    await until(() => all.every((tab) => tab.stream.state === 'live'));
    for (const seq of [3, 4, 9]) browser.server.publish(seq);
    await until(() => all.every((tab) => tab.seen.length === 3));
    expect(all.map(({ seen }) => seen)).toEqual(all.map(() => [3, 4, 9]));
    expect(browser.server.connects).toEqual([null]);
  });

  it('loses nothing when the leader goes: the next one resumes after what it has seen', async () => {
    const browser = new Browser(new Server());
    const [first, second] = [browser.open('a'), browser.open('b')];
    await until(() => second.stream.state === 'live');
    browser.server.publish(1);
    await until(() => second.seen.length === 1);
    first.close();
    // Between two leaders nobody listens.
    browser.server.publish(2);
    await until(() => second.seen.length === 2);
    expect(second.seen).toEqual([1, 2]);
    expect(browser.server.connects).toEqual([null, 1]);
  });

  it('replays after an outage, and hears nothing twice', async () => {
    const browser = new Browser(new Server());
    const [first, second] = [browser.open('a'), browser.open('b')];
    await until(() => second.stream.state === 'live');
    browser.server.publish(5);
    browser.server.overlap = 3;
    browser.server.up = false;
    browser.server.drop();
    await until(() => first.stream.state === 'offline' && second.stream.state === 'offline');
    browser.server.publish(6);
    browser.server.up = true;
    await until(() => first.stream.state === 'live' && second.seen.length === 2);
    expect([first.seen, second.seen]).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });

  it('lets a tab that missed messages catch up from the others, in order', async () => {
    const browser = new Browser(new Server());
    const [, second] = [browser.open('a'), browser.open('b')];
    await until(() => second.stream.state === 'live');
    browser.server.publish(1);
    await until(() => second.seen.length === 1);
    browser.deaf.add(second.hear);
    browser.server.publish(2);
    browser.server.publish(3);
    await until(() => tabs[0]?.seen.length === 3);
    browser.deaf.delete(second.hear);
    browser.server.publish(4);
    await until(() => second.seen.length === 4);
    expect(second.seen).toEqual([1, 2, 3, 4]);
  });

  it('asks for a second look where the page was loaded before anybody knew where the stream stood', async () => {
    const browser = new Browser(new Server());
    const first = browser.open('a');
    await until(() => first.stream.state === 'live');
    expect(first.resyncs).toBe(1);
    browser.server.publish(7);
    await until(() => first.seen.length === 1);
    const late = browser.open('b');
    await until(() => late.resyncs === 1);
    expect([late.seen, first.resyncs]).toEqual([[], 1]);
  });

  it('looks at everything again when the server cannot say what was missed, and goes on from there, also in lower numbers', async () => {
    const browser = new Browser(new Server());
    const [first, second] = [browser.open('a'), browser.open('b')];
    await until(() => second.stream.state === 'live');
    browser.server.publish(100);
    await until(() => second.seen.length === 1);
    const before = [first.resyncs, second.resyncs];
    browser.server.reset(2);
    browser.server.publish(3);
    await until(() => second.seen.length === 2);
    expect([first.seen, second.seen]).toEqual([
      [100, 3],
      [100, 3],
    ]);
    expect([first.resyncs, second.resyncs]).toEqual(before.map((count) => count + 1));
  });

  it('lets a tab look at everything again when the leader has not seen what the tab missed', async () => {
    const browser = new Browser(new Server());
    const first = browser.open('a');
    await until(() => first.stream.state === 'live');
    for (const seq of [1, 2]) browser.server.publish(seq);
    await until(() => first.seen.length === 2);
    const late = browser.open('b');
    first.close();
    await until(() => browser.server.connects.length === 2);
    browser.server.publish(3);
    await until(() => late.seen.length === 1);
    const said: TabMessage[] = [];
    browser.listen((message) => said.push(message));
    late.hear({ kind: 'missed', after: 2 });
    late.hear({ kind: 'missed', after: 1 });
    expect(said).toMatchObject([
      { kind: 'event', seq: 3, previous: 2 },
      { kind: 'resync', seq: 3 },
    ]);
  });

  it('stops asking when the session has ended, and says so in every tab', async () => {
    const browser = new Browser(new Server());
    browser.server.refuse = true;
    const [first, second] = [browser.open('a'), browser.open('b')];
    await until(() => first.stream.state === 'signed-out');
    expect(first.stream.state).toBe('signed-out');
    await until(() => second.stream.state === 'signed-out');
  });

  it('waits longer each time, up to 15 s, and never the same for everybody', () => {
    expect([0, 1, 2, 10].map((failures) => delay(failures, 1))).toEqual([500, 1_000, 2_000, 15_000]);
    expect(delay(3, 0)).toBe(2_000);
  });

  it('says that it is offline when the browser lets no tab lead', async () => {
    const browser = new Browser(new Server());
    const states: string[] = [];
    const ports = { ...browser.ports({ hear: () => undefined } as unknown as Tab), lead: () => Promise.reject(new Error('SecurityError')) };
    const stream = new EventStream(ports, { event: () => undefined, state: (state) => states.push(state), resync: () => undefined });
    await until(() => states.length > 0);
    expect(states).toEqual(['offline']);
    stream.dispose();
  });
});
