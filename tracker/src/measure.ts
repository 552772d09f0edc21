/** What the parts report, as metrics and lines of the log. */
import type { Logger } from 'pino';
import type { Sessions } from './identity/sessions';
import type { Metrics } from './metrics';
import type { Pump, PumpReport } from './sinks/pump';
import type { Sink } from './sinks/sink';
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
    damaged(position, bytes) {
      metrics.spoolDamaged.inc(bytes);
      logger.error({ position, bytes }, 'a stretch of the spool cannot be read; stepped over');
    },
    notRemoved: (error) => logger.warn({ err: error }, 'a finished segment could not be removed; tried again'),
  };
}

export function pumpReport(metrics: Metrics, logger: Logger): PumpReport {
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
  };
}

/** Gauges are read when they are asked for. */
export function gauges(metrics: Metrics, log: EventLog, pumps: readonly Pump[], sinks: readonly Sink[], sessions: Sessions): void {
  const collect = (gauge: object, read: () => void): void => void Object.assign(gauge, { collect: read });
  collect(metrics.spoolBytes, () => metrics.spoolBytes.set(log.usage().bytes));
  collect(metrics.spoolSegments, () => metrics.spoolSegments.set(log.usage().segments));
  collect(metrics.sessions, () => metrics.sessions.set(sessions.size()));
  collect(metrics.sinkLag, () => {
    for (const pump of pumps) metrics.sinkLag.set({ sink: pump.sinkName }, pump.lag());
  });
  collect(metrics.sumsBehind, () => {
    for (const sink of sinks) if (sink.behind) metrics.sumsBehind.set({ sink: sink.name }, sink.behind());
  });
}
