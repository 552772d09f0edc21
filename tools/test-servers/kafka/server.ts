/** A real Kafka for tests, of one node. Topics are not made by themselves, and have two partitions where nothing else is said. */
import { join } from 'node:path';
import { buildJava } from '../java/build';
import { type JavaServer, startJava } from '../java/server';

export interface KafkaServer extends JavaServer {
  /** `host:port` */
  brokers: string;
}

/** Throws where it cannot be built or started: whoever calls decides whether that is a skip or a failure. */
export async function startKafka(): Promise<KafkaServer> {
  const here = import.meta.dirname;
  const classPath = await buildJava({ name: 'test-kafka', folder: here, source: 'TestKafka.java' });
  const { server, ports } = await startJava({
    name: 'kafka',
    classPath,
    mainClass: 'TestKafka',
    flags: ['-Xms128m', '-Xmx384m', `-Dlog4j.configuration=file:${join(here, 'log4j.properties')}`],
    ports: ['broker', 'controller'],
    ready: /Kafka Server started/,
  });
  return Object.assign(server, { brokers: `127.0.0.1:${ports.get('broker')}` });
}
