import type { RegistryEvent } from '@datamesh/contracts';
import { EventStream, type StreamItem, type StreamListener, type StreamPorts, StreamRefused, type TabMessage } from './event-stream';
import { pause } from './pause';
import { readEvents } from './server-sent-events';

/** The server sends a comment every 15 s; two of them missing means that nobody is there. */
const SILENCE = 40_000;

/** The live stream of this browser, led by whichever tab holds the lock. */
export function openEventStream(user: string, listener: StreamListener): { dispose(): void } {
  // Per user: a tab that still shows somebody else's session must not hear this one's events.
  const name = `datamesh.events.${user}`;
  const channel = new BroadcastChannel(name);
  const ports: StreamPorts = {
    async lead(run, signal) {
      // Pages of an insecure origin have no locks: there each tab holds a stream of its own.
      if (!navigator.locks) return run(signal);
      try {
        await navigator.locks.request(name, { signal }, () => run(signal));
      } catch (cause) {
        // Leaving before this tab ever led is how waiting ends.
        if (!signal.aborted) throw cause;
      }
    },
    post: (message) => channel.postMessage(message),
    onMessage(hear) {
      const listen = ({ data }: MessageEvent<TabMessage>): void => hear(data);
      channel.addEventListener('message', listen);
      return () => channel.removeEventListener('message', listen);
    },
    connect,
    wait: pause,
    random: Math.random,
  };
  const stream = new EventStream(ports, listener);
  return {
    dispose() {
      stream.dispose();
      channel.close();
    },
  };
}

async function* connect(after: number | null, signal: AbortSignal): AsyncGenerator<StreamItem> {
  // Without a network the connection only falls silent: the browser knows better.
  const lost = new AbortController();
  const onOffline = (): void => lost.abort();
  addEventListener('offline', onOffline);
  try {
    const response = await fetch(`/api/v1/events${after === null ? '' : `?after=${after}`}`, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: AbortSignal.any([signal, lost.signal]),
    });
    if (response.status === 401) throw new StreamRefused('the session has ended');
    if (!response.ok || !response.body) throw new Error(`the event stream answered ${response.status}`);
    yield { kind: 'open' };
    for await (const { id, type, data } of readEvents(response.body, SILENCE)) {
      const seq = Number(id);
      if (id === null || !Number.isSafeInteger(seq)) continue;
      if (type === 'reset') yield { kind: 'reset', seq };
      else yield { kind: 'event', seq, event: JSON.parse(data) as RegistryEvent };
    }
  } finally {
    removeEventListener('offline', onOffline);
  }
}
