/** Everything the tracker counts, in Prometheus' terms. */
import { createRegistry } from '@datamesh/service/metrics';
import { Counter, Gauge, Histogram } from 'prom-client';
import { StepHistogram, StepTimes } from './collect/step-times';

const COARSE = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics() {
  const registry = createRegistry();
  const registers = [registry];
  const steps = new StepTimes();
  new StepHistogram(steps, registry);
  return {
    registry,
    events: new Counter({
      name: 'tracker_events_total',
      help: 'Events by what became of them: stored, or the reason to drop',
      labelNames: ['outcome'],
      registers,
    }),
    lostDetails: new Counter({
      name: 'tracker_lost_details_total',
      help: 'Fields of stored events that were too long or odd: cut or left out',
      labelNames: ['field'],
      registers,
    }),
    steps,
    spoolCommit: new Histogram({ name: 'tracker_spool_commit_seconds', help: 'Write and sync of one group', buckets: COARSE, registers }),
    spoolGroup: new Histogram({
      name: 'tracker_spool_group_records',
      help: 'Records that shared one sync',
      buckets: [1, 3, 10, 30, 100, 300, 1000],
      registers,
    }),
    spoolFailures: new Counter({
      name: 'tracker_spool_failures_total',
      help: 'Groups that were refused',
      labelNames: ['reason'],
      registers,
    }),
    spoolDamaged: new Counter({
      name: 'tracker_spool_damaged_bytes_total',
      help: 'Bytes that could not be read and were stepped over',
      registers,
    }),
    spoolBytes: new Gauge({ name: 'tracker_spool_bytes', help: 'Bytes in the spool', registers }),
    spoolSegments: new Gauge({ name: 'tracker_spool_segments', help: 'Segment files', registers }),
    sessions: new Gauge({ name: 'tracker_sessions', help: 'Sessions of the last half hour', registers }),
    sinkEvents: new Counter({
      name: 'tracker_sink_events_total',
      help: 'Events by sink: inserted, duplicate, dead_letter, rejected',
      labelNames: ['sink', 'outcome'],
      registers,
    }),
    sinkWrite: new Histogram({
      name: 'tracker_sink_write_seconds',
      help: 'One batch into a sink',
      labelNames: ['sink'],
      buckets: COARSE,
      registers,
    }),
    sinkFailures: new Counter({
      name: 'tracker_sink_failures_total',
      help: 'Attempts that failed and are repeated',
      labelNames: ['sink'],
      registers,
    }),
    sinkLag: new Gauge({
      name: 'tracker_sink_lag_bytes',
      help: 'Bytes of the spool a sink has not taken yet',
      labelNames: ['sink'],
      registers,
    }),
    sumsBehind: new Gauge({
      name: 'tracker_sums_behind_events',
      help: 'Events in a sink that its sums do not hold yet; questions count them one by one',
      labelNames: ['sink'],
      registers,
    }),
    sinkUp: new Gauge({
      name: 'tracker_sink_up',
      help: 'Whether the process of a sink has its store open',
      labelNames: ['sink'],
      registers,
    }),
    sinkStarts: new Gauge({
      name: 'tracker_sink_starts',
      help: 'Processes of a sink that were started: one, and one more for each that ended by itself',
      labelNames: ['sink'],
      registers,
    }),
    sinkMemory: new Gauge({
      name: 'tracker_sink_resident_memory_bytes',
      help: 'Resident memory of the process of a sink',
      labelNames: ['sink'],
      registers,
    }),
    sinkCpu: new Gauge({
      name: 'tracker_sink_cpu_seconds',
      help: 'Processor time of the process of a sink, since it was started',
      labelNames: ['sink'],
      registers,
    }),
    query: new Histogram({
      name: 'tracker_query_seconds',
      help: 'Queries by operation and outcome',
      labelNames: ['operation', 'outcome'],
      buckets: COARSE,
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
