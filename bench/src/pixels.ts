/** Pixel requests per second: acknowledged durably, against the same server with the spool off, and against plain Node with the same group commit. */
import { inTurns } from './in-turns';
import { type Load, load, median } from './load';
import { readMetrics } from './metrics';
import { startService } from './service';

const SECONDS = 4;
export const SITES = JSON.stringify([{ id: 'bench', title: 'Bench', identity: 'daily', origins: [], departments: [] }]);

const SERVERS = ['durable', 'unspooled', 'plain'] as const;
type Server = (typeof SERVERS)[number];

export interface Pixels {
  /** Of each, per second. */
  durable: number;
  unspooled: number;
  plain: number;
  /** Of the durable one against the other two, as medians over the rounds. */
  ratio: number;
  ofPlain: number;
  p99: number;
  plainP99: number;
  failed: number;
  /** What the durable server did meanwhile. */
  durably: Effort;
}

interface Effort {
  /** Processor seconds per second: of all threads of the collector, and of its sink's process. */
  processors: number;
  sinkProcessors: number;
  /** Pixels that shared one write to the disk, and its milliseconds: means. */
  group: number;
  commit: number;
  /** Share of the time in which a write to the disk was under way. */
  writing: number;
}

const settings = {
  SITES,
  LIMIT_EVENTS_PER_ADDRESS: 'none',
  PUBLIC_URL: 'http://localhost:1',
  REGISTRY_URL: 'http://127.0.0.1:1',
};

export async function pixels(rounds = 5): Promise<Pixels> {
  const services = {
    durable: await startService('tracker/dist/main.mjs', { ...settings, SPOOL: 'on' }),
    unspooled: await startService('tracker/dist/main.mjs', { ...settings, SPOOL: 'off' }),
    plain: await startService('bench/src/plain-collector.ts', {}),
  };
  let taken: Record<Server, Load>[];
  const efforts: Effort[] = [];
  const measured = async (server: Server): Promise<Load> => {
    const { url } = services[server];
    if (server !== 'durable') return round(url, SECONDS);
    const before = await readMetrics(url);
    const started = performance.now();
    const result = await round(url, SECONDS);
    efforts.push(effort(before, await readMetrics(url), (performance.now() - started) / 1000));
    return result;
  };
  try {
    for (const server of SERVERS) await round(services[server].url, 2);
    for (const server of ['durable', 'unspooled'] as const) await emptied(services[server].url);
    taken = await inTurns(SERVERS, rounds, async (server) => {
      const took = await measured(server);
      // What it left for its sink to do is not to be done while another one is measured.
      for (const of of ['durable', 'unspooled'] as const) await emptied(services[of].url);
      return took;
    });
    await stored(services.durable.url);
  } finally {
    for (const server of SERVERS) await services[server].stop();
  }
  const perSecond = (server: Server): number => median(taken.map((took) => took[server].perSecond));
  const against = (server: Server): number => median(taken.map((took) => took.durable.perSecond / took[server].perSecond));
  return {
    durable: perSecond('durable'),
    unspooled: perSecond('unspooled'),
    plain: perSecond('plain'),
    ratio: against('unspooled'),
    ofPlain: against('plain'),
    p99: median(taken.map(({ durable }) => durable.p99)),
    plainP99: median(taken.map(({ plain }) => plain.p99)),
    failed: taken.flatMap((took) => SERVERS.map((server) => took[server].failed)).reduce((sum, failed) => sum + failed, 0),
    durably: {
      processors: median(efforts.map(({ processors }) => processors)),
      sinkProcessors: median(efforts.map(({ sinkProcessors }) => sinkProcessors)),
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
    sinkProcessors: grew('tracker_sink_cpu_seconds{sink="duckdb"}') / seconds,
    group: grew('tracker_spool_group_records_sum') / commits,
    commit: (grew('tracker_spool_commit_seconds_sum') / commits) * 1000,
    writing: grew('tracker_spool_commit_seconds_sum') / seconds,
  };
}

const round = (url: string, seconds: number): Promise<Load> =>
  load({ url: `${url}/t/pixel.gif?site=bench&path=/bench`, connections: 64, duration: seconds, requests: VISITORS });

export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** From so many addresses, as a proxy in front tells of them: one visitor alone would be looked for but once. */
const VISITORS = Array.from({ length: 200 }, (_, index) => ({
  headers: { 'user-agent': BROWSER, 'x-forwarded-for': `198.51.100.${index}` },
}));

/** What was measured was acknowledged, not refused. */
async function stored(url: string): Promise<void> {
  const answer = await fetch(`${url}/t/pixel.gif?site=bench&path=/bench`, { headers: { 'user-agent': BROWSER } });
  const said = answer.headers.get('datamesh-event');
  if (said !== 'stored') throw new Error(`the tracker answered "${said}" to the pixel that was measured`);
}

async function emptied(url: string): Promise<void> {
  while ((await readMetrics(url))('tracker_sink_lag_bytes{sink="duckdb"}') > 0) await new Promise((done) => setTimeout(done, 50));
}
