/** What the tracker's process and its sink's hold while it takes as much as it can for minutes. */
import { load } from '../load';
import { readMetrics } from '../metrics';
import { BROWSER, SITES } from '../pixels';
import { startService } from '../service';

const CONNECTIONS = 64;
/** DuckDB fills what it may use and stays there: so little that it is full in the first minutes, and growth of anything else shows. */
const DUCKDB_MEMORY = '64MB';

interface Sample {
  /** Since the load began. */
  minute: number;
  megabytes: number;
  heapMegabytes: number;
  sinkMegabytes: number;
}

/**
 * Megabytes: the least of each third of the time. What is more than that at another moment is what JavaScript had not collected yet, and how much
 * that is says nothing but when it was looked at.
 */
export interface Grown {
  thirds: [number, number, number];
  most: number;
  /** From the second third to the last one. */
  perMinute: number;
}

export interface Memory {
  minutes: number;
  events: number;
  failed: number;
  tracker: Grown;
  /** Of the tracker's JavaScript alone. */
  heap: Grown;
  sink: Grown;
  duckdb: string;
  /** Bytes that the store had not taken when the load ended. */
  lag: number;
}

export async function memory(minutes: number): Promise<Memory> {
  const service = await startService('tracker/dist/main.mjs', {
    SITES,
    LIMIT_EVENTS_PER_ADDRESS: 'none',
    DUCKDB_MEMORY,
    PUBLIC_URL: 'http://localhost:1',
    REGISTRY_URL: 'http://127.0.0.1:1',
  });
  try {
    const started = performance.now();
    const samples: Sample[] = [];
    const sample = async (): Promise<void> => {
      const metrics = await readMetrics(service.url);
      samples.push({
        minute: (performance.now() - started) / 60_000,
        megabytes: metrics('process_resident_memory_bytes') / 1e6,
        heapMegabytes: metrics('nodejs_heap_size_used_bytes') / 1e6,
        sinkMegabytes: metrics('tracker_sink_resident_memory_bytes{sink="duckdb"}') / 1e6,
      });
    };
    let failure: unknown;
    const watch = setInterval(() => sample().catch((error: unknown) => (failure ??= error)), Math.min(5000, minutes * 3000));
    const result = await load({
      url: `${service.url}/t/pixel.gif?site=bench&path=/bench`,
      connections: CONNECTIONS,
      duration: Math.round(minutes * 60),
      headers: { 'user-agent': BROWSER },
    }).finally(() => clearInterval(watch));
    if (failure) throw failure;
    await sample();
    const metrics = await readMetrics(service.url);
    const grown = (of: Exclude<keyof Sample, 'minute'>): Grown => {
      const third = minutes / 3;
      const least = (nth: number): number =>
        Math.min(...samples.filter(({ minute }) => minute >= nth * third && minute < (nth + 1) * third).map((each) => each[of]));
      const thirds: Grown['thirds'] = [least(0), least(1), least(2)];
      return { thirds, most: Math.max(...samples.map((each) => each[of])), perMinute: (thirds[2] - thirds[1]) / third };
    };
    return {
      minutes,
      events: metrics('tracker_events_total{outcome="stored"}'),
      failed: result.failed,
      tracker: grown('megabytes'),
      heap: grown('heapMegabytes'),
      sink: grown('sinkMegabytes'),
      duckdb: DUCKDB_MEMORY,
      lag: metrics('tracker_sink_lag_bytes{sink="duckdb"}'),
    };
  } finally {
    await service.stop();
  }
}
