/** Kafka, for Apache Pinot behind it: each event at least once, under its id, by which Pinot keeps one of it. */
import { setImmediate as turn } from 'node:timers/promises';
import type { PositionFile } from '../position-file';
import { readRecord } from '../record';
import type { Sink, Written } from '../sink';
import { isFinal, type KafkaCluster, type Message, refusalOf } from './cluster';
import { messageValue } from './message';

export interface KafkaSinkOptions {
  cluster: KafkaCluster;
  topic: string;
  deadLetterTopic: string;
  /** null with SPOOL=off. */
  file: PositionFile | null;
  /** Nobody takes this record, the topic of dead letters included: the log is the last place that can have it. */
  rejected(payload: Buffer, error: unknown): void;
  /** It went to the topic of dead letters. */
  setAside(position: number, reason: string): void;
}

/** A chunk becomes at most one batch per partition: well below the megabyte that brokers take by default. */
const CHUNK_BYTES = 384 * 1024;
const AT_ONCE = 3;

interface Place {
  payload: Buffer;
  position: number;
}

interface Outgoing extends Place {
  message: Message;
}

export class KafkaSink implements Sink {
  readonly name = 'kafka';

  constructor(private readonly options: KafkaSinkOptions) {}

  async position(): Promise<number | null> {
    return this.options.file?.read() ?? null;
  }

  async write(payloads: readonly Buffer[], next: number, positions: readonly number[]): Promise<Written> {
    const written: Written = { inserted: 0, duplicates: 0, deadLetters: 0, rejected: 0 };
    const left = chunks(payloads, positions);
    let failed: { error: unknown } | null = null;
    const sendRest = async (): Promise<void> => {
      for (const chunk of left) {
        if (failed) return;
        await turn(); // a chunk is some milliseconds of work: the channel to the tracker goes first
        await this.sendChunk(chunk, written).catch((error: unknown) => {
          failed ??= { error };
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendRest));
    if (failed !== null) throw (failed as { error: unknown }).error;
    await this.options.file?.write(next);
    return written;
  }

  close(): Promise<void> {
    return this.options.cluster.close();
  }

  private async sendChunk(chunk: readonly Place[], written: Written): Promise<void> {
    const outgoing: Outgoing[] = [];
    for (const place of chunk) {
      const record = readRecord(place.payload);
      // An erasure is not told: Pinot cannot take rows back, its queries leave them out.
      if (record.kind === 'erasure') continue;
      if (record.kind === 'unreadable') {
        await this.setAside(place, 'no_event', new Error(record.why), written);
        continue;
      }
      try {
        const message = { topic: this.options.topic, key: Buffer.from(record.event.event_id), value: messageValue(record.event) };
        outgoing.push({ ...place, message });
      } catch (error) {
        await this.setAside(place, 'no_event', error, written);
      }
    }
    await this.send(outgoing, written);
  }

  /** A refused batch is halved until the record that is refused stands alone. */
  private async send(outgoing: readonly Outgoing[], written: Written): Promise<void> {
    const [first] = outgoing;
    if (!first) return;
    try {
      await this.options.cluster.send(outgoing.map(({ message }) => message));
      written.inserted += outgoing.length;
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === null) throw error;
      if (outgoing.length === 1) return this.setAside(first, reason, error, written);
      const half = outgoing.length >>> 1;
      await this.send(outgoing.slice(0, half), written);
      await this.send(outgoing.slice(half), written);
    }
  }

  private async setAside({ payload, position }: Place, reason: string, error: unknown, written: Written): Promise<void> {
    const headers = { reason, error: error instanceof Error ? error.message : String(error), position: String(position) };
    try {
      await this.options.cluster.send([{ topic: this.options.deadLetterTopic, value: payload, headers }]);
    } catch (refused) {
      if (!isFinal(refused)) throw refused;
      this.options.rejected(payload, refused);
      written.rejected++;
      return;
    }
    this.options.setAside(position, reason);
    written.deadLetters++;
  }
}

function* chunks(payloads: readonly Buffer[], positions: readonly number[]): Generator<Place[]> {
  let chunk: Place[] = [];
  let bytes = 0;
  for (const [index, payload] of payloads.entries()) {
    if (bytes + payload.length > CHUNK_BYTES && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push({ payload, position: positions[index] ?? 0 });
    bytes += payload.length;
  }
  if (chunk.length > 0) yield chunk;
}
