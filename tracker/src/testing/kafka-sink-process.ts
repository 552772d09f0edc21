/** Writes events in small batches from its position on, until it is killed; positions are indexes of the ids. */

import { KafkaCluster } from '../sinks/kafka/cluster';
import { KafkaSink } from '../sinks/kafka/sink';
import { PositionFile } from '../sinks/position-file';
import { storedEvent } from './golden/events';

const [brokers = '', topic = '', file = '', ids = ''] = process.argv.slice(2);
const all = ids.split(',');
const config = { brokers: [brokers], topic, deadLetterTopic: `${topic}-dead`, partitions: 2, replicas: null, tls: false, sasl: null };
const fail = (): void => process.exit(1);
const sink = new KafkaSink({
  ...config,
  cluster: new KafkaCluster(config),
  file: new PositionFile(file),
  rejected: fail,
  setAside: fail,
});
for (let at = (await sink.position()) ?? 0; at < all.length; at += 20) {
  const batch = all.slice(at, at + 20).map((id, index) => Buffer.from(JSON.stringify(storedEvent({ ts: at + index, event_id: id }))));
  await sink.write(
    batch,
    at + batch.length,
    batch.map((_, index) => at + index),
  );
}
await sink.close();
