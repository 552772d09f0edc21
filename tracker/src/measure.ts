/** What the parts report, as metrics and lines of the log. */
import type { Logger } from 'pino';
import type { Gauge } from 'prom-client';
import type { Sessions } from './identity/sessions';
import type { Metrics } from './metrics';
import type { SinkProcess, SinkReport } from './sinks/process/sink-process';
import type { EventLog } from './spool/log';
import type { SpoolReport } from './spool/spool';

export function spoolReport(metrics: Metrics, logger: Logger): SpoolReport {
  return {
    committed(records, _, milliseconds) {
      metrics.spoolCommit.observe(milliseconds / 1000);
      metrics.spoolGroup.observe(records);
    },
    failed(reason, error) {
      metrics.spoolFailures.inc({ reason });
      logger.error({ err: error, reason }, 'the spool could not write: events are refused');
    },
    recovered: (bytes) => logger.warn({ bytes }, 'the spool had a torn tail, never acknowledged; cut off'),
    damaged: (position, bytes) => damaged(metrics, logger, position, bytes),
    notRemoved: (error) => logger.warn({ err: error }, 'a finished segment could not be removed; tried again'),
  };
}

export function sinkReport(metrics: Metrics, logger: Logger): SinkReport {
  return {
    written(sink, { inserted, duplicates, deadLetters, rejected }, milliseconds) {
      metrics.sinkWrite.observe({ sink }, milliseconds / 1000);
      metrics.sinkEvents.inc({ sink, outcome: 'inserted' }, inserted);
      metrics.sinkEvents.inc({ sink, outcome: 'duplicate' }, duplicates);
      metrics.sinkEvents.inc({ sink, outcome: 'dead_letter' }, deadLetters);
      metrics.sinkEvents.inc({ sink, outcome: 'rejected' }, rejected);
    },
    failed(sink, error, attempt) {
      metrics.sinkFailures.inc({ sink });
      logger.error({ err: error, sink, attempt }, 'a sink did not take its batch; it stays in the spool and is tried again');
    },
    damaged: (position, bytes) => damaged(metrics, logger, position, bytes),
    missed: (sink, position, bytes) => logger.error({ sink, position, bytes }, MISSED),
    restarting: (sink, why, pause) =>
      logger.error({ sink, why, pause }, 'the process of a sink ended; events stay in the spool until the next one has started'),
    onLog: (sink, text, about) => logger.error({ sink, ...about }, text),
  };
}

const MISSED = 'the spool no longer holds what this sink has not taken: it was not among SINKS for a while, or the spool was emptied';

function damaged(metrics: Metrics, logger: Logger, position: number, bytes: number): void {
  metrics.spoolDamaged.inc(bytes);
  logger.error({ position, bytes }, 'a stretch of the spool cannot be read; stepped over');
}

/** Gauges are read when they are asked for. */
export function gauges(metrics: Metrics, log: EventLog, sinks: readonly SinkProcess[], sessions: Sessions): void {
  const collect = (gauge: object, read: () => void): void => void Object.assign(gauge, { collect: read });
  collect(metrics.spoolBytes, () => metrics.spoolBytes.set(log.usage().bytes));
  collect(metrics.spoolSegments, () => metrics.spoolSegments.set(log.usage().segments));
  collect(metrics.sessions, () => metrics.sessions.set(sessions.size()));
  const each = (gauge: Gauge<'sink'>, value: (sink: SinkProcess) => number | null): void =>
    collect(gauge, () => {
      for (const sink of sinks) {
        const said = value(sink);
        if (said !== null) gauge.set({ sink: sink.name }, said);
      }
    });
  each(metrics.sinkLag, (sink) => sink.lag());
  each(metrics.sinkUp, (sink) => Number(sink.state().up));
  each(metrics.sinkStarts, (sink) => sink.state().starts);
  each(metrics.sinkMemory, (sink) => sink.state().residentBytes);
  each(metrics.sinkCpu, (sink) => sink.state().cpuSeconds);
  each(metrics.sumsBehind, (sink) => sink.state().behind);
}
