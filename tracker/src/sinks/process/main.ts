/**
 * A sink in a process of its own: tails the spool, writes its store, answers what is asked of it. It lives and dies with the tracker that started
 * it, hears its signals from there alone, and may be killed at any moment: what is written is committed with its position, the rest is in the spool.
 */

import { join } from 'node:path';
import type { Missing } from '@datamesh/contracts';
import type { QueryContext } from '../../query/port';
import { Pump, type PumpReport } from '../pump';
import { type FromSink, failureOf, type SinkSettings, type ToSink } from './messages';
import { SpoolTail } from './spool-tail';
import { openStore, type Store } from './store';

const STATE_EVERY = 1000;

interface Opened {
  settings: SinkSettings;
  store: Store;
}

let opened: Opened | null = null;
let following: { tail: SpoolTail; pump: Pump } | null = null;
const asked = new Map<number, AbortController>();

const say = (message: FromSink): void => void process.send?.(message, undefined, undefined, () => undefined); // the tracker is gone, and so is this
const now = (): number => performance.now();

// A signal for the whole group, as of a terminal, is the tracker's to hear: it stops this one when nothing comes any more.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// The next tracker wants the store at once, and an orderly end is worth nothing here.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
if (!process.connected) process.kill(process.pid, 'SIGKILL'); // it was gone before this one came to listen
process.on('message', (message: ToSink) => {
  switch (message.kind) {
    case 'open':
      return void open(message.settings);
    case 'follow':
      return follow(message);
    case 'appended':
      return following?.tail.appended(message.end);
    case 'batch':
      return following?.tail.batch(message.batch);
    case 'ask':
      return void answer(message);
    case 'leave':
      return asked.get(message.id)?.abort();
    case 'stop':
      return void stop(message.within);
  }
});

async function open(settings: SinkSettings): Promise<void> {
  try {
    const store = await openStore(settings, (text, about) => say({ kind: 'told', text, about }));
    opened = { settings, store };
    say({ kind: 'opened', position: await store.sink.position() });
    setInterval(() => sendState(store), STATE_EVERY).unref();
  } catch (error) {
    say({ kind: 'refused', failure: failureOf(error) });
  }
}

function sendState({ sink }: Store): void {
  const { user, system } = process.cpuUsage();
  const behind = sink.behind?.() ?? null;
  say({ kind: 'state', behind, residentBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 });
}

function follow({ from, end }: Extract<ToSink, { kind: 'follow' }>): void {
  if (!opened) return;
  const { settings, store } = opened;
  const tail = new SpoolTail(end, say);
  const { sink } = store;
  const reader = settings.spool ? tail.files(sink.name, from, join(settings.dataDir, 'spool')) : tail.memory(sink.name, from);
  const report: PumpReport = {
    written: (_, written, milliseconds) => {
      say({ kind: 'written', written, milliseconds });
      sendState(store);
    },
    failed: (_, error, attempt) => say({ kind: 'failed', failure: failureOf(error), attempt }),
  };
  const pump = new Pump({ log: tail, reader, sink, now, report });
  following = { tail, pump };
  pump.start();
}

async function answer({ id, question, values }: Extract<ToSink, { kind: 'ask' }>): Promise<void> {
  const left = new AbortController();
  asked.set(id, left);
  const partial: Missing[] = [];
  let behind: number | null = null;
  const context: QueryContext = {
    signal: left.signal,
    partial: (missing) => void partial.push(missing),
    behind: (events) => {
      behind = Math.max(behind ?? 0, events);
    },
  };
  try {
    const queries = opened?.store.queries;
    if (!queries) throw new Error('this sink answers no questions');
    const ask = queries[question] as (...all: unknown[]) => Promise<unknown>;
    const value = await ask.call(queries, ...values, question === 'check' ? left.signal : context);
    say({ kind: 'answered', id, value, partial, behind });
  } catch (error) {
    say({ kind: 'unanswered', id, failure: failureOf(error) });
  } finally {
    asked.delete(id);
  }
}

async function stop(within: number): Promise<void> {
  await following?.pump.stop(within);
  for (const left of asked.values()) left.abort();
  await opened?.store.sink.close();
  opened?.store.close();
  process.send?.({ kind: 'stopped' } satisfies FromSink, undefined, undefined, () => process.exit(0));
}
