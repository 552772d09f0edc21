/** The same questions and the same freshness on a real Kafka and a real Pinot, as tests start them. */
import { startKafka } from '@datamesh/test-servers/kafka/server';
import { startPinot } from '@datamesh/test-servers/pinot/server';
import { applyPinot } from '../../../tracker/pinot/apply';
import { readConfig, readPinotSetup } from '../../../tracker/src/config';
import { PinotQueries } from '../../../tracker/src/query/pinot/queries';
import { KafkaCluster } from '../../../tracker/src/sinks/kafka/cluster';
import { KafkaSink } from '../../../tracker/src/sinks/kafka/sink';
import { fill } from './fill';
import { type Freshness, freshness } from './freshness';
import { ask, type Timings } from './questions';

const DAY = 86_400_000;
const DAYS = 14;

export interface OnPinot {
  version: string;
  events: number;
  all: Timings;
  week: Timings;
  freshness: Freshness;
}

export async function onPinot(
  events: number,
  times: number,
  pixels: number,
  parts: { questions: boolean; freshness: boolean },
): Promise<Partial<OnPinot>> {
  const kafka = await startKafka();
  const pinot = await startPinot().catch(async (error: unknown) => {
    await kafka.stop();
    throw error;
  });
  try {
    const settings = {
      SINKS: 'kafka',
      QUERY_ENGINE: 'pinot',
      KAFKA_BROKERS: kafka.brokers,
      PINOT_BROKERS: pinot.broker,
      PINOT_CONTROLLER: pinot.controller,
    };
    let version = '';
    await applyPinot(readPinotSetup(settings), false, (line) => {
      version ||= line;
    });
    const measured: Partial<OnPinot> = { version: version.split(' at ')[0] ?? version, events };
    // First, while the table is small: what it holds later is another question.
    if (parts.freshness) measured.freshness = await freshness(pixels, settings);
    if (parts.questions) Object.assign(measured, await questions(settings, events, times));
    return measured;
  } finally {
    await Promise.all([kafka.stop(), pinot.stop()]);
  }
}

async function questions(settings: Record<string, string>, events: number, times: number): Promise<Pick<OnPinot, 'all' | 'week'>> {
  const config = readConfig(settings);
  if (!config.kafka || !config.pinot) throw new Error('these are settings of Kafka and Pinot');
  const { kafka, pinot } = config;
  const refuse = (): never => {
    throw new Error('Kafka refused an event');
  };
  const sink = new KafkaSink({ ...kafka, cluster: new KafkaCluster(kafka), file: null, rejected: refuse, setAside: refuse });
  // Of the last days, as Pinot's retention goes by the clock.
  const to = Math.floor(Date.now() / DAY) * DAY;
  const range = { site: 'load', from: to - DAYS * DAY, to };
  const engine = new PinotQueries({ ...pinot, erased: () => [] });
  try {
    await fill(sink, { ...range, events });
    await arrived(engine, range, events);
    return { all: await ask(engine, range, times), week: await ask(engine, { ...range, from: to - 7 * DAY }, times) };
  } finally {
    await sink.close();
    await engine.close();
  }
}

/** Pinot reads Kafka at its own pace. */
async function arrived(engine: PinotQueries, range: { site: string; from: number; to: number }, events: number): Promise<void> {
  const asking = { signal: new AbortController().signal, partial: () => undefined };
  const scope = { ...range, filters: [] };
  for (let last = -1, since = performance.now(); ; ) {
    const names = await engine.top(scope, 'event_name', 100, asking);
    const count = names.reduce((sum, { views }) => sum + views, 0);
    if (count === events) return;
    if (count !== last) [last, since] = [count, performance.now()];
    if (performance.now() - since > 120_000) throw new Error(`Pinot has ${count} of ${events} events, and no more for two minutes`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
