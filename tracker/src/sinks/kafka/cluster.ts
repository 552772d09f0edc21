/** The Kafka cluster: sends until it is acknowledged by all replicas in sync, makes topics that are not there, and tells refusal from absence. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Admin,
  type BaseOptions,
  compatibilityPartitioner,
  type GenericError,
  ListOffsetTimestamps,
  type MessageToProduce,
  Producer,
  stringSerializer,
} from '@platformatic/kafka';
import type { KafkaConfig, KafkaConnection } from '../../config';

export type Message = MessageToProduce<Buffer, Buffer, string, string>;

/** What a broker says of a record that it will never take, however often it is asked. */
const REFUSALS = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'CORRUPT_MESSAGE', 'INVALID_TIMESTAMP'];
/** Of a dead letter that the collector would not send: it has to fit where the topic of events says no. */
const DEAD_LETTER_BYTES = 8 * 1024 * 1024;

const ATTEMPTS_ON_NEW_TOPIC = 5;
/** How long a new topic may take until its partitions have leaders that serve it; longer is an outage. */
const NEW_TOPIC_MS = 10_000;
const LONGEST = 60_000;

type Client = Producer<Buffer, Buffer, string, string>;

/** Attempts are the pump's, so that there is one back-off and every failure is counted. */
export function clientOptions({ brokers, tls, sasl }: KafkaConnection): BaseOptions {
  return {
    clientId: 'datamesh-tracker',
    bootstrapBrokers: [...brokers],
    connectTimeout: 3000,
    requestTimeout: 15_000,
    timeout: 10_000,
    retries: 0,
    ...(tls ? { tls: {}, tlsServerName: true } : {}),
    ...(sasl ? { sasl } : {}),
  };
}

export class KafkaCluster {
  private producer: Client | null = null;
  private readonly closing = new AbortController();

  constructor(private readonly config: KafkaConfig) {}

  /** Resolves when every message is acknowledged; after an error some of them may be there as well. */
  async send(messages: Message[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.closing.signal.throwIfAborted();
      this.producer ??= this.connect();
      const producer = this.producer;
      try {
        await this.bounded(producer.send({ messages }));
        return;
      } catch (error) {
        // Connections and what is known of the cluster may be as old as the trouble: the next attempt begins anew.
        if (refusalOf(error) === null) this.forget(producer);
        if (!isTopicMissing(error) || attempt === ATTEMPTS_ON_NEW_TOPIC) throw error;
        for (const topic of new Set(messages.map((message) => message.topic))) await createTopic(this.config, topic);
      }
    }
  }

  /** What is under way fails, and everything after. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the connection to Kafka was closed'));
    if (this.producer) this.forget(this.producer);
  }

  /** The client has timeouts of its own for every step; this one is for whatever they forget. */
  private bounded<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.closing;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => reject(signal.reason);
      const timer = setTimeout(() => reject(new Error(`Kafka did not answer within ${LONGEST / 1000} s`)), LONGEST);
      signal.addEventListener('abort', leave, { once: true });
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
      });
    });
  }

  private connect(): Client {
    return new Producer({
      ...clientOptions(this.config),
      acks: -1,
      idempotent: false,
      autocreateTopics: false,
      // Where any other client would put the same key, so that duplicates from elsewhere meet.
      partitioner: compatibilityPartitioner,
      serializers: { headerKey: stringSerializer, headerValue: stringSerializer },
    });
  }

  private forget(producer: Client): void {
    if (this.producer === producer) this.producer = null;
    // Not waited for: a connection that hangs would hold up the next one. Gone either way, nothing uses it any more.
    Promise.resolve(producer.close(true)).catch(() => undefined);
  }
}

export async function topicExists(config: KafkaConnection, topic: string): Promise<boolean> {
  const admin = new Admin(clientOptions(config));
  try {
    return (await admin.listTopics()).includes(topic);
  } finally {
    await admin.close().catch(() => undefined); // what was asked is answered
  }
}

/** True when it was made, false when it was there; either way it takes records now. */
export async function createTopic(config: KafkaConfig, topic: string): Promise<boolean> {
  const admin = new Admin(clientOptions(config));
  try {
    const made = await makeTopic(admin, config, topic);
    await untilServed(admin, topic);
    return made;
  } finally {
    await admin.close().catch(() => undefined); // what was asked is answered
  }
}

async function makeTopic(admin: Admin, config: KafkaConfig, topic: string): Promise<boolean> {
  try {
    await admin.createTopics({
      topics: [topic],
      ...(config.partitions === null ? {} : { partitions: config.partitions }),
      ...(config.replicas === null ? {} : { replicas: config.replicas }),
      ...(topic === config.deadLetterTopic ? { configs: [{ name: 'max.message.bytes', value: String(DEAD_LETTER_BYTES) }] } : {}),
    });
    return true;
  } catch (error) {
    if (saysBroker(error, 'TOPIC_ALREADY_EXISTS')) return false;
    const answer = answerOf(error);
    if (answer === null) throw error;
    throw new Error(`Kafka has no topic "${topic}" and does not make it (${answer}): make it, or let this user create topics`, {
      cause: error,
    });
  }
}

/**
 * Until each partition's leader serves it: a topic that was just made is first known to the controller, then to the
 * brokers by name, and takes records only after that. After NEW_TOPIC_MS the last answer is thrown.
 */
export async function untilServed(admin: Admin, topic: string): Promise<void> {
  for (const deadline = performance.now() + NEW_TOPIC_MS; ; ) {
    try {
      const { topics } = await admin.metadata({ topics: [topic], forceUpdate: true });
      const partitions = topics.get(topic)?.partitions ?? [];
      const ends = partitions.map((_, partitionIndex) => ({ partitionIndex, timestamp: ListOffsetTimestamps.LATEST }));
      await admin.listOffsets({ topics: [{ name: topic, partitions: ends }] });
      return;
    } catch (error) {
      if (isFinal(error) || performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** Why a broker will never take what was sent; null when another attempt may succeed. */
export function refusalOf(error: unknown): string | null {
  return REFUSALS.find((refusal) => saysBroker(error, refusal))?.toLowerCase() ?? null;
}

/** The cluster answered, and its answer is final: not an outage. */
export const isFinal = (error: unknown): boolean =>
  (error instanceof Error && error.cause !== undefined && isFinal(error.cause)) ||
  (answerOf(error) !== null && !(isKafka(error) && error.findBy('canRetry', true)));

/** The client passes a broker's answer on in words of its own here. */
const isTopicMissing = (error: unknown): boolean =>
  saysBroker(error, 'UNKNOWN_TOPIC_OR_PARTITION') ||
  (isKafka(error) && error.code === 'PLT_KFK_USER' && error.message.startsWith('Unknown topic'));

const saysBroker = (error: unknown, answer: string): boolean => isKafka(error) && Boolean(error.findBy('apiId', answer));

/** Such as TOPIC_AUTHORIZATION_FAILED; null when no broker said anything. */
function answerOf(error: unknown): string | null {
  if (!isKafka(error)) return null;
  if (typeof error['apiId'] === 'string') return error['apiId'];
  const parts: unknown = 'errors' in error ? error['errors'] : [];
  for (const part of Array.isArray(parts) ? (parts as unknown[]) : []) {
    const answer = answerOf(part);
    if (answer !== null) return answer;
  }
  return null;
}

const isKafka = (error: unknown): error is GenericError => error instanceof Error && 'findBy' in error;
