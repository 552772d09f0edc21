/**
 * How long each step takes, for every event: a clock reading and two additions per step. prom-client's own observe() would cost more than most
 * steps do, so that it only gets to see the sums, when somebody asks for the metrics.
 */
import { Histogram, type Registry } from 'prom-client';
import { STEPS, type StepName } from './steps';

/** Seconds. */
const BUCKETS = [0.00001, 0.0001, 0.001, 0.01, 0.1];
const INDEX = Object.fromEntries(STEPS.map(([step], index) => [step, index])) as Record<StepName, number>;

export class StepTimes {
  /** Per step: events in each bucket, then those above the last. */
  private readonly counts = new Float64Array(STEPS.length * (BUCKETS.length + 1));
  private readonly sums = new Float64Array(STEPS.length);
  private from = 0;

  /** The steps of an event follow one another without a pause. */
  begin(): void {
    this.from = performance.now();
  }

  end(step: StepName): void {
    const until = performance.now();
    const seconds = (until - this.from) / 1000;
    this.from = until;
    let bucket = 0;
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] ?? 0)) bucket++;
    const place = INDEX[step] * (BUCKETS.length + 1) + bucket;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.sums[INDEX[step]] = (this.sums[INDEX[step]] ?? 0) + seconds;
  }

  /** In the way of prom-client: buckets are cumulative. */
  samples(name: string): Sample[] {
    return STEPS.flatMap(([step], index) => {
      let count = 0;
      const buckets = [...BUCKETS, '+Inf'].map((le, bucket) => {
        count += this.counts[index * (BUCKETS.length + 1) + bucket] ?? 0;
        return { metricName: `${name}_bucket`, labels: { le, step }, value: count };
      });
      const sum = this.sums[index] ?? 0;
      return [
        ...buckets,
        { metricName: `${name}_sum`, labels: { step }, value: sum },
        { metricName: `${name}_count`, labels: { step }, value: count },
      ];
    });
  }
}

interface Sample {
  metricName: string;
  labels: { step: string; le?: string | number };
  value: number;
}

/** A histogram that tells what StepTimes counted. */
export class StepHistogram extends Histogram<'step'> {
  private readonly metric: { name: string; help: string };

  constructor(
    private readonly times: StepTimes,
    registry: Registry,
  ) {
    const metric = { name: 'tracker_step_seconds', help: 'Time of each collection step' };
    super({ ...metric, labelNames: ['step'], buckets: BUCKETS, registers: [registry] });
    this.metric = metric;
  }

  override async get(): ReturnType<Histogram<'step'>['get']> {
    const values = this.times.samples(this.metric.name);
    return { ...this.metric, type: 'histogram', aggregator: 'sum', values } as unknown as Awaited<ReturnType<Histogram<'step'>['get']>>;
  }

  /** What the registry calls instead, where it is there. */
  getForPromString(): ReturnType<Histogram<'step'>['get']> {
    return this.get();
  }
}
