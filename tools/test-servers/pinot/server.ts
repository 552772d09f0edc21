/** A real Pinot for tests: 0.11.0, the newest that Maven Central has whole. In one process, 0.5 to 1 GB. */
import { join } from 'node:path';
import { buildJava } from '../java/build';
import { type JavaServer, startJava } from '../java/server';

export interface PinotServer extends JavaServer {
  /** Its address. */
  controller: string;
  /** `host:port` of the broker, for queries. */
  broker: string;
}

/** Throws where it cannot be built or started: whoever calls decides whether that is a skip or a failure. */
export async function startPinot(): Promise<PinotServer> {
  const here = import.meta.dirname;
  const classPath = await buildJava({ name: 'test-pinot', folder: here, source: 'TestPinot.java' });
  const { server, ports } = await startJava({
    name: 'pinot',
    classPath,
    mainClass: 'TestPinot',
    flags: [
      '-Xms256m',
      '-Xmx1g',
      '-XX:MaxDirectMemorySize=512m',
      '-XX:+ExitOnOutOfMemoryError',
      `-Dlog4j2.configurationFile=${join(here, 'log4j2.xml')}`,
    ],
    ports: ['zk', 'controller', 'broker', 'server', 'serverAdmin'],
    ready: /^READY$/m,
  });
  return Object.assign(server, { controller: `http://127.0.0.1:${ports.get('controller')}`, broker: `127.0.0.1:${ports.get('broker')}` });
}
