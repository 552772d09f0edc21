/**
 * Collects what publishing left when it was cut off: contents that no widget names, blobs that no content names, and halves of
 * either. A publish writes blobs, then the content that names them, then the record that names it, and dates each of them also
 * where it was there before; so whatever is older than the longest publish, and named by nobody, is needed by nobody.
 */
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Metrics } from '../http/metrics';
import type { BlobStore, Collected } from '../storage/blobs/blobs';
import { blobKey } from './blob-key';
import type { WidgetStore } from './store';

/** Times of the two stores, milliseconds: what was put since is left alone. */
export interface Cutoffs {
  contents: number;
  blobs: number;
}

export interface CollectorOptions {
  store: WidgetStore;
  blobs: BlobStore;
  logger: Logger;
  metrics: Pick<Metrics, 'collected' | 'collectedBytes' | 'backgroundErrors'>;
}

export interface Collector {
  collect(before: Cutoffs): Promise<Collected & { contents: number }>;
  /** Collects in the background: ten minutes from now, and every six hours. What fails is logged, counted and tried again. */
  watch(): void;
  /** Ends what is running. */
  stop(): Promise<void>;
}

const minute = 60_000;
const firstAfter = 10 * minute;
const every = 360 * minute;
/** Far above `limits.storing`, and above what clocks of replicas may differ. */
const safeAge = 24 * 60 * minute;
/** Contents between two pauses. */
const atOnce = 50;

export function createCollector({ store, blobs, logger, metrics }: CollectorOptions): Collector {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function named(): Promise<ReadonlySet<string>> {
    const keys = new Set<string>();
    let read = 0;
    for await (const { files } of store.contents()) {
      for (const { integrity, encodings } of files)
        for (const encoding of ['identity' as const, ...encodings]) keys.add(blobKey(integrity, encoding));
      read += 1;
      if (read % atOnce === 0) await otherWork();
      signal.throwIfAborted();
    }
    return keys;
  }

  async function collect(before: Cutoffs): Promise<Collected & { contents: number }> {
    const contents = await store.collectContents(before.contents);
    // Files without any content: of another database, or the database is lost. Whoever mends that wants them.
    if (await isEmpty(store)) return { contents, blobs: 0, leftovers: 0, bytes: 0 };
    const collected = { contents, ...(await blobs.collect({ before: before.blobs, named, signal })) };
    for (const kind of ['contents', 'blobs', 'leftovers'] as const) metrics.collected.inc({ kind }, collected[kind]);
    metrics.collectedBytes.inc(collected.bytes);
    logger.info({ collected }, 'collected what publishes left that were cut off');
    return collected;
  }

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  async function run(): Promise<void> {
    try {
      await collect({ contents: (await store.now()) - safeAge, blobs: (await blobs.now()) - safeAge });
    } catch (error) {
      if (signal.aborted) return;
      metrics.backgroundErrors.inc({ task: 'collect blobs' });
      logger.error({ err: error }, 'what publishes left could not be collected; it will be tried again');
    }
    schedule(every);
  }
  function schedule(milliseconds: number): void {
    if (signal.aborted) return;
    timer = setTimeout(() => {
      running = run();
    }, milliseconds);
    timer.unref();
  }

  return {
    collect,
    watch: () => schedule(firstAfter),
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

async function isEmpty(store: Pick<WidgetStore, 'contents'>): Promise<boolean> {
  for await (const _ of store.contents()) return false;
  return true;
}
