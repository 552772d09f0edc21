/** Pixel requests per second: acknowledged durably, against the same server with the spool off. */
import { type Load, load, median } from './load';
import { readMetrics } from './metrics';
import { startService } from './service';

const SECONDS = 4;
export const SITES = JSON.stringify([{ id: 'bench', title: 'Bench', identity: 'daily', origins: [], departments: [] }]);

export interface Pixels {
  durable: number;
  unspooled: number;
  ratio: number;
  p99: number;
  failed: number;
  /** What the durable server did meanwhile. */
  durably: Effort;
}

interface Effort {
  /** Processor seconds per second, of all its threads. */
  processors: number;
  /** Pixels that shared one write to the disk, and its milliseconds: means. */
  group: number;
  commit: number;
  /** Share of the time in which a write to the disk was under way. */
  writing: number;
}

export async function pixels(rounds = 5): Promise<Pixels> {
  const on = await startService('tracker/dist/main.mjs', {
    SPOOL: 'on',
    SITES,
    LIMIT_EVENTS_PER_ADDRESS: 'none',
    PUBLIC_URL: 'http://localhost:1',
    REGISTRY_URL: 'http://127.0.0.1:1',
  });
  const off = await startService('tracker/dist/main.mjs', {
    SPOOL: 'off',
    SITES,
    LIMIT_EVENTS_PER_ADDRESS: 'none',
    PUBLIC_URL: 'http://localhost:1',
    REGISTRY_URL: 'http://127.0.0.1:1',
  });
  const pairs: { durable: Load; unspooled: Load }[] = [];
  const efforts: Effort[] = [];
  const durable = async (): Promise<Load> => {
    const before = await readMetrics(on.url);
    const started = performance.now();
    const result = await round(on.url, SECONDS);
    efforts.push(effort(before, await readMetrics(on.url), (performance.now() - started) / 1000));
    return result;
  };
  try {
    await round(on.url, 2);
    await round(off.url, 2);
    // Alternating, and turning the order round, so that a noisy neighbour meets both.
    for (let i = 0; i < rounds; i++) {
      const first = await (i % 2 ? round(off.url, SECONDS) : durable());
      const second = await (i % 2 ? durable() : round(off.url, SECONDS));
      pairs.push(i % 2 ? { durable: second, unspooled: first } : { durable: first, unspooled: second });
    }
    await stored(on.url);
  } finally {
    await on.stop();
    await off.stop();
  }
  return {
    durable: median(pairs.map(({ durable }) => durable.perSecond)),
    unspooled: median(pairs.map(({ unspooled }) => unspooled.perSecond)),
    ratio: median(pairs.map(({ durable, unspooled }) => durable.perSecond / unspooled.perSecond)),
    p99: median(pairs.map(({ durable }) => durable.p99)),
    failed: pairs.reduce((sum, { durable, unspooled }) => sum + durable.failed + unspooled.failed, 0),
    durably: {
      processors: median(efforts.map(({ processors }) => processors)),
      group: median(efforts.map(({ group }) => group)),
      commit: median(efforts.map(({ commit }) => commit)),
      writing: median(efforts.map(({ writing }) => writing)),
    },
  };
}

function effort(before: (name: string) => number, after: (name: string) => number, seconds: number): Effort {
  const grew = (name: string): number => after(name) - before(name);
  const commits = grew('tracker_spool_commit_seconds_count');
  return {
    processors: grew('process_cpu_seconds_total') / seconds,
    group: grew('tracker_spool_group_records_sum') / commits,
    commit: (grew('tracker_spool_commit_seconds_sum') / commits) * 1000,
    writing: grew('tracker_spool_commit_seconds_sum') / seconds,
  };
}

const round = (url: string, seconds: number): Promise<Load> =>
  load({ url: `${url}/t/pixel.gif?site=bench&path=/bench`, connections: 64, duration: seconds, headers: { 'user-agent': BROWSER } });

export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** What was measured was acknowledged, not refused. */
async function stored(url: string): Promise<void> {
  const answer = await fetch(`${url}/t/pixel.gif?site=bench&path=/bench`, { headers: { 'user-agent': BROWSER } });
  const said = answer.headers.get('datamesh-event');
  if (said !== 'stored') throw new Error(`the tracker answered "${said}" to the pixel that was measured`);
}
