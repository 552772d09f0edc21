/** What the tracker's process and its sink's hold while it takes as much as it can for minutes. */
import { load } from '../load';
import { readMetrics } from '../metrics';
import { BROWSER, SITES } from '../pixels';
import { startService } from '../service';

const CONNECTIONS = 64;
/** DuckDB fills what it may use and stays there: little, so that growth of anything else shows. */
const DUCKDB_MEMORY = '256MB';

interface Sample {
  /** Since the load began. */
  minute: number;
  megabytes: number;
  heapMegabytes: number;
  sinkMegabytes: number;
}

export interface Memory {
  minutes: number;
  events: number;
  failed: number;
  firstMinute: number;
  end: number;
  most: number;
  heapEnd: number;
  /** MB per minute over the second half, by least squares. */
  slope: number;
  heapSlope: number;
  sinkFirstMinute: number;
  sinkEnd: number;
  sinkSlope: number;
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
    const last = samples.at(-1);
    const first = samples.find(({ minute }) => minute >= Math.min(1, minutes / 10)) ?? last;
    const half = samples.filter(({ minute }) => minute >= minutes / 2);
    return {
      minutes,
      events: metrics('tracker_events_total{outcome="stored"}'),
      failed: result.failed,
      firstMinute: first?.megabytes ?? Number.NaN,
      end: last?.megabytes ?? Number.NaN,
      most: Math.max(...samples.map(({ megabytes }) => megabytes)),
      heapEnd: last?.heapMegabytes ?? Number.NaN,
      slope: slope(half.map(({ minute, megabytes }) => [minute, megabytes])),
      heapSlope: slope(half.map(({ minute, heapMegabytes }) => [minute, heapMegabytes])),
      sinkFirstMinute: first?.sinkMegabytes ?? Number.NaN,
      sinkEnd: last?.sinkMegabytes ?? Number.NaN,
      sinkSlope: slope(half.map(({ minute, sinkMegabytes }) => [minute, sinkMegabytes])),
      duckdb: DUCKDB_MEMORY,
      lag: metrics('tracker_sink_lag_bytes{sink="duckdb"}'),
    };
  } finally {
    await service.stop();
  }
}

function slope(points: readonly [number, number][]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(points.map(([x]) => x));
  const level = mean(points.map(([, y]) => y));
  const along = points.reduce((sum, [x, y]) => sum + (x - middle) * (y - level), 0);
  return along / points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
}
