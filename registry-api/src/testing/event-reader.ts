/** Reads the event stream as a browser's EventSource would. */
import type { RegistryEvent } from '@datamesh/contracts';
import type { Caller } from '../http/caller';
import type { TestApi } from './api';

export interface StreamedEvent {
  /** The last id that the stream gave. */
  id: number;
  /** `message` unless the stream says otherwise. */
  kind: string;
  event: RegistryEvent;
}

export interface StreamReader extends AsyncDisposable {
  /** The next events, waiting until there are so many. */
  take(count: number): Promise<StreamedEvent[]>;
  /** All up to the wanted one and with it; what was changed before may still be on its way. */
  takeUntil(wanted: (event: RegistryEvent) => boolean): Promise<RegistryEvent[]>;
  /** Waits until the server ends the stream. */
  ended(): Promise<void>;
  /** The last id seen, also one that came without an event. */
  position(): number | null;
}

/** The stream has begun when this returns: what is changed from now on comes by it. Its headers alone say nothing of where it begins. */
export async function openStreamReader(
  api: TestApi,
  as: Caller,
  after: number | null,
  headers: Record<string, string> = {},
): Promise<StreamReader> {
  const abort = new AbortController();
  const answer = await api.call(`/api/v1/events${after === null ? '' : `?after=${after}`}`, { as, signal: abort.signal, headers });
  if (answer.status !== 200 || !answer.body) throw new Error(`the stream answered ${answer.status}: ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let position: number | null = null;

  /** One block of the stream: lines up to an empty one. null at the end. */
  async function block(): Promise<string[] | null> {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end >= 0) {
        const lines = rest.slice(0, end).split('\n');
        rest = rest.slice(end + 2);
        return lines;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      rest += value;
    }
  }

  const field = (lines: string[], name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);

  let first = await block();

  async function next(): Promise<StreamedEvent | null> {
    for (;;) {
      const lines: string[] | null = first ?? (await block());
      first = null;
      if (!lines) return null;
      const id = field(lines, 'id');
      if (id !== undefined) position = Number(id);
      const data = field(lines, 'data');
      if (data !== undefined)
        return { id: position ?? Number.NaN, kind: field(lines, 'event') ?? 'message', event: JSON.parse(data) as RegistryEvent };
    }
  }

  async function take(count: number): Promise<StreamedEvent[]> {
    const events: StreamedEvent[] = [];
    while (events.length < count) {
      const event = await next();
      if (!event) throw new Error(`the stream ended after ${events.length} of ${count} events`);
      events.push(event);
    }
    return events;
  }

  return {
    take,
    takeUntil: async (wanted) => {
      const events: RegistryEvent[] = [];
      for (;;) {
        for (const { event } of await take(1)) {
          events.push(event);
          if (wanted(event)) return events;
        }
      }
    },
    ended: async () => {
      while (await next());
    },
    position: () => position,
    [Symbol.asyncDispose]: async () => {
      abort.abort();
      await reader.cancel().catch(() => {});
    },
  };
}
