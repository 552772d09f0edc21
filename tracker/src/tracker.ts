/** The parts put together: config -> stores -> spool -> sinks -> server, and the same way back. */

import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createTrackerServer } from './app';
import { Collector, type StepName } from './collect/collector';
import { loadScript } from './collect/script';
import { UserAgents } from './collect/user-agent';
import type { Config } from './config';
import { Callers } from './identity/callers';
import { SessionKeeper, Sessions } from './identity/sessions';
import { Visitors } from './identity/visitors';
import { createMetrics, type Metrics } from './metrics';
import { DuckDbQueries } from './query/duckdb';
import { DuckDbSink, SCHEMA } from './sinks/duckdb';
import { Pump, type PumpReport } from './sinks/pump';
import { nodeFiles } from './spool/files.node';
import type { EventLog } from './spool/log';
import { MemoryLog } from './spool/memory-log';
import { Spool } from './spool/spool';
import { Database } from './storage/database';

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
  /** Milliseconds since the epoch. */
  now?(): number;
}

const DRAIN = 3000;
const SNAPSHOT_EVERY = 10_000;

export async function startTracker({ config, logger, script, now = Date.now }: TrackerParts): Promise<Tracker> {
  const metrics = createMetrics();
  const report = (error: unknown): void => logger.error({ err: error }, 'a file of the tracker could not be written');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });

  // The database first: its lock keeps a second tracker out of this folder.
  const database = await Database.open({ file: join(config.dataDir, 'events.duckdb'), memoryLimit: config.memoryLimit, schema: SCHEMA });
  const sink = new DuckDbSink(database, config.spool ? 'spool' : null, (payload, error) =>
    logger.error({ err: error, payload: payload.toString('utf8') }, 'a record of the spool is no event; left out'),
  );
  const sessions = new Sessions();
  const keeper = new SessionKeeper(join(config.dataDir, 'sessions.json'), sessions, report);
  const sinkPosition = await sink.position();
  const keptPosition = keeper.load();
  const log = await openLog(config, Math.max(sinkPosition ?? 0, keptPosition), metrics, logger);
  const sinkReader = log.reader(sink.name, config.spool ? sinkPosition : 0);
  await keeper.replay(log, config.spool ? keptPosition : 0);
  const pump = new Pump({ log, reader: sinkReader, sink, now, report: pumpReport(metrics, logger) });
  pump.start();

  const callers = new Callers({ jwksUrl: `${config.registryUrl}/.well-known/jwks.json`, issuer: config.publicUrl, now });
  const visitors = new Visitors(join(config.dataDir, 'identity'), report);
  const collector = new Collector({
    sites: config.sites,
    visitors,
    sessions,
    userAgents: new UserAgents(),
    log,
    timed: stepTimer(metrics),
    count: (outcome, events) => metrics.events.inc({ outcome }, events),
  });
  const server = createTrackerServer({
    collect: {
      collector,
      callers,
      trustedProxies: config.trustedProxies,
      origins: new Set([...config.sites.values()].flatMap((site) => site.origins)),
      script: loadScript(script),
      now,
    },
    query: {
      engine: new DuckDbQueries(database),
      callers,
      sites: config.sites,
      now,
      timed: (operation, milliseconds, outcome) => metrics.query.observe({ operation, outcome }, milliseconds / 1000),
      timeout: 30_000,
    },
    metrics: metrics.registry,
    logger,
  });
  gauges(metrics, log, pump, sessions);
  const snapshots = keepSessions(keeper, log, config.spoolMaxBytes, now);
  try {
    await listen(server, config);
  } catch (error) {
    clearInterval(snapshots);
    await pump.stop(0);
    await log.close();
    database.close();
    throw error;
  }

  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    async stop() {
      clearInterval(snapshots);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), 1000);
      await log.stopAccepting();
      await closed;
      clearTimeout(cut);
      await pump.stop(DRAIN);
      keeper.save(log.tail());
      await log.close();
      database.close();
    },
  };
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
    report: {
      committed(records, _, milliseconds) {
        metrics.spoolCommit.observe(milliseconds / 1000);
        metrics.spoolGroup.observe(records);
      },
      failed(reason, error) {
        metrics.spoolFailures.inc({ reason });
        logger.error({ err: error, reason }, 'the spool could not write: events are refused');
      },
      recovered: (bytes) => logger.warn({ bytes }, 'the spool had a torn tail, never acknowledged; cut off'),
      damaged(position, bytes) {
        metrics.spoolDamaged.inc(bytes);
        logger.error({ position, bytes }, 'a stretch of the spool cannot be read; stepped over');
      },
      notRemoved: (error) => logger.warn({ err: error }, 'a finished segment could not be removed; tried again'),
    },
  });
}

function pumpReport(metrics: Metrics, logger: Logger): PumpReport {
  return {
    written(sink, { inserted, duplicates, rejected }, milliseconds) {
      metrics.sinkWrite.observe({ sink }, milliseconds / 1000);
      metrics.sinkEvents.inc({ sink, outcome: 'inserted' }, inserted);
      metrics.sinkEvents.inc({ sink, outcome: 'duplicate' }, duplicates);
      metrics.sinkEvents.inc({ sink, outcome: 'rejected' }, rejected);
    },
    failed(sink, error, attempt) {
      metrics.sinkFailures.inc({ sink });
      logger.error({ err: error, sink, attempt }, 'a sink did not take its batch; it stays in the spool and is tried again');
    },
  };
}

function stepTimer(metrics: Metrics): <T>(step: StepName, run: () => T) => T {
  const names: StepName[] = ['parse', 'site', 'bot', 'privacy', 'visitor', 'session', 'user_agent'];
  const histograms = new Map(names.map((step) => [step, metrics.step.labels({ step })]));
  return (step, run) => {
    const started = performance.now();
    const result = run();
    histograms.get(step)?.observe((performance.now() - started) / 1000);
    return result;
  };
}

function gauges(metrics: Metrics, log: EventLog, pump: Pump, sessions: Sessions): void {
  // Gauges are read when they are asked for.
  const collect = (gauge: { set(value: number): void }, value: () => number): void => {
    Object.assign(gauge, { collect: () => gauge.set(value()) });
  };
  collect(metrics.spoolBytes, () => log.usage().bytes);
  collect(metrics.spoolSegments, () => log.usage().segments);
  collect(metrics.sessions, () => sessions.size());
  Object.assign(metrics.sinkLag, { collect: () => metrics.sinkLag.set({ sink: 'duckdb' }, pump.lag()) });
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

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
