/** The parts put together: config -> stores -> spool -> sinks -> server, and the same way back. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownHosts } from '@datamesh/service';
import type { Logger } from 'pino';
import { createTrackerService } from './app';
import { Collector } from './collect/collector';
import { Countries } from './collect/countries';
import { DropHistory } from './collect/drop-history';
import { RecentIds } from './collect/recent-ids';
import { loadScript } from './collect/script';
import { SenderLimits } from './collect/sender-limits';
import { UserAgents } from './collect/user-agent';
import type { Config, SinkName } from './config';
import { Callers } from './identity/callers';
import { Erasures } from './identity/erasures';
import { Senders } from './identity/senders';
import { SessionKeeper } from './identity/session-keeper';
import { Sessions } from './identity/sessions';
import { Viewers } from './identity/viewers';
import { Visitors } from './identity/visitors';
import { gauges, sinkReport, spoolReport } from './measure';
import { createMetrics, type Metrics } from './metrics';
import { PinotQueries } from './query/pinot/queries';
import type { QueryEngine } from './query/port';
import type { SinkSettings } from './sinks/process/messages';
import { ProcessQueries } from './sinks/process/questions';
import { SinkProcess } from './sinks/process/sink-process';
import { nodeFiles } from './spool/files.node';
import type { EventLog } from './spool/log';
import { MemoryLog } from './spool/memory-log';
import { Spool } from './spool/spool';
import { FolderLock } from './storage/folder-lock';
import { refuseNewerFiles } from './storage/versioned-file';

export interface Tracker {
  /** Where it listens. */
  url: string;
  /** Stops taking, empties the spool into the sinks as far as the time allows, closes. What is left is there at the next start. */
  stop(): Promise<void>;
}

export interface TrackerParts {
  config: Config;
  logger: Logger;
  /** The built client script. */
  script: string | URL;
  /** The built program of a sink's process. */
  sinkProgram: URL;
  /** Milliseconds since the epoch. */
  now?(): number;
}

const DRAIN = 3000;
const SNAPSHOT_EVERY = 10_000;
/** Longer than Pinot's table keeps rows (tracker/pinot/table.json): whom to leave out of its answers. */
const RETENTION = 400 * 86_400_000;
/** How often counts of drops, and erasures that a full spool refused, go to the log, and old salts go for good. */
const BROUGHT_EVERY = 5_000;

export async function startTracker(parts: TrackerParts): Promise<Tracker> {
  const teardown = new AsyncDisposableStack();
  try {
    const url = await start(parts, teardown);
    return { url, stop: () => teardown.disposeAsync() };
  } catch (error) {
    await teardown.disposeAsync();
    throw error;
  }
}

/** Where it listens. What it takes to end each part is put on `teardown` as the part is there; the last one ends first. */
async function start(
  { config, logger, script, sinkProgram, now = Date.now }: TrackerParts,
  teardown: AsyncDisposableStack,
): Promise<string> {
  const metrics = createMetrics();
  const report = (error: unknown): void => logger.error({ err: error }, 'a file of the tracker could not be written');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });

  const countries = Countries.open(config.countryDatabase, (error) =>
    logger.error({ err: error }, 'COUNTRY_DATABASE has a record that cannot be read'),
  );
  const lock = await FolderLock.take(config.dataDir);
  teardown.defer(() => lock.close());
  refuseNewerFiles(config.dataDir);
  const sinks = config.sinks.map(
    (name) =>
      new SinkProcess({
        program: sinkProgram,
        settings: settingsOf(config, name),
        report: sinkReport(metrics, logger),
        now: () => performance.now(),
      }),
  );
  const sessions = new Sessions();
  const keeper = new SessionKeeper(join(config.dataDir, 'sessions.json'), sessions, report);
  const positions = await startAll(sinks);
  const keptPosition = keeper.load();
  const log = await openLog(config, Math.max(keptPosition, ...positions.map((position) => position ?? 0)), metrics, logger);
  teardown.defer(() => log.close());
  // All readers before the first commit: what no reader has taken is kept.
  const readers = sinks.map((sink, index) => log.reader(sink.name, config.spool ? (positions[index] ?? null) : 0));
  await keeper.replay(log, config.spool ? keptPosition : 0);
  teardown.defer(() => keeper.save(log.tail()));
  let drain = 0;
  teardown.defer(async () => void (await Promise.all(sinks.map((sink) => sink.stop(drain)))));
  teardown.defer(() => log.stopAccepting());
  const erasures = new Erasures(join(config.dataDir, 'identity'), log, report);
  await erasures.deliver(); // what a crash kept from the log
  for (const [index, sink] of sinks.entries()) {
    const reader = readers[index];
    if (reader) sink.follow(log, reader, positions[index] ?? null);
  }
  const erased = (site: string): readonly string[] => erasures.erasedVisitors(site, now() - RETENTION);
  const pinot = config.pinot && new PinotQueries({ ...config.pinot, erased });
  teardown.defer(() => pinot?.close());
  const engine = pinot ?? duckDbOf(sinks);

  const callers = new Callers({ jwksUrl: `${config.registryUrl}/.well-known/jwks.json`, issuer: config.publicUrl, now });
  const visitors = new Visitors(join(config.dataDir, 'identity'), erasures, report);
  const drops = new DropHistory(log, now);
  teardown.defer(async () => void (await Promise.all([drops.flush(), erasures.deliver()])));
  const collector = new Collector({
    sites: config.sites,
    visitors,
    sessions,
    userAgents: new UserAgents(),
    countries,
    recentIds: new RecentIds(),
    drops,
    log,
    times: metrics.steps,
    count: (outcome, events) => metrics.events.inc({ outcome }, events),
    countLost: (field, events) => metrics.lostDetails.inc({ field }, events),
  });
  const service = createTrackerService({
    callers,
    viewers: new Viewers({ registryUrl: config.registryUrl, now }),
    collect: {
      collector,
      callers: new Senders(callers, { registryUrl: config.registryUrl, now }),
      senders: new SenderLimits(config.rateLimits, config.sites),
      trustedProxies: config.trustedProxies,
      countryHeader: config.countryHeader,
      origins: new Set([...config.sites.values()].flatMap((site) => site.origins)),
      script: loadScript(script),
      bodyWithin: config.bodyWithin,
      now,
    },
    query: {
      engine,
      sites: config.sites,
      now,
      timed: (operation, milliseconds, outcome) => metrics.query.observe({ operation, outcome }, milliseconds / 1000),
      timeout: 30_000,
    },
    erasures: { sites: config.sites, visitors, erasures, sessions, logger, now },
    questions: config.questions,
    settings: config.settings,
    metrics: metrics.registry,
    logger,
    isOwnHost: ownHosts(new URL(config.publicUrl), config.allowedHosts),
  });
  gauges(metrics, log, sinks, sessions);
  teardown.defer(() => service.stop({ grace: config.grace }));
  const snapshots = keepSessions(keeper, log, config.spoolMaxBytes, now);
  teardown.defer(() => clearInterval(snapshots));
  const forgetSalts = (): void => visitors.forgetSalts(now(), performance.now());
  forgetSalts();
  const bringing = setInterval(() => {
    forgetSalts();
    void Promise.all([drops.flush(), erasures.deliver()]);
  }, BROUGHT_EVERY).unref();
  teardown.defer(() => clearInterval(bringing));
  const { address, port } = await service.listen(config.port, config.host);
  drain = DRAIN;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Where the stores stand. When one cannot be opened, none of the processes stays. */
async function startAll(sinks: readonly SinkProcess[]): Promise<(number | null)[]> {
  const started = await Promise.allSettled(sinks.map((sink) => sink.start()));
  const refused = started.find((result) => result.status === 'rejected');
  if (refused) {
    await Promise.all(sinks.map((sink) => sink.stop(0)));
    throw refused.reason;
  }
  return started.map((result) => (result.status === 'fulfilled' ? result.value : null));
}

function settingsOf({ dataDir, spool, memoryLimit, kafka }: Config, sink: SinkName): SinkSettings {
  if (sink === 'duckdb') return { sink, dataDir, spool, memoryLimit };
  if (!kafka) throw new Error('SINKS names kafka, and there are no settings of it');
  return { sink, dataDir, spool, kafka };
}

function duckDbOf(sinks: readonly SinkProcess[]): QueryEngine {
  const duckdb = sinks.find((sink) => sink.name === 'duckdb');
  if (!duckdb) throw new Error('QUERY_ENGINE=duckdb without the DuckDB sink');
  return new ProcessQueries(duckdb.questions);
}

async function openLog(config: Config, startAt: number, metrics: Metrics, logger: Logger): Promise<EventLog> {
  if (!config.spool) {
    logger.warn('SPOOL=off: events are acknowledged before they are on disk');
    return new MemoryLog(config.spoolMaxBytes);
  }
  return Spool.open({
    files: nodeFiles(join(config.dataDir, 'spool')),
    maxBytes: config.spoolMaxBytes,
    startAt,
    now: () => performance.now(),
    report: spoolReport(metrics, logger),
  });
}

/** Now and then, and sooner when the spool fills: what the snapshot does not hold keeps segments alive. */
function keepSessions(keeper: SessionKeeper, log: EventLog, maxBytes: number, now: () => number): NodeJS.Timeout {
  let saved = now();
  return setInterval(() => {
    if (now() - saved < SNAPSHOT_EVERY && log.usage().bytes < maxBytes / 2) return;
    saved = now();
    keeper.save(log.tail());
  }, 1000).unref();
}
