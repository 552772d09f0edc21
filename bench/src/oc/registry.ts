/** A registry of OpenComponents as its documents set one up for production, on a bucket. Run by Node as it stands. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Registry {
  app: { get(path: string, answer: (request: unknown, response: { end(): void }) => void): void };
  start(done: (error: unknown) => void): void;
}

const { PORT, DATA_DIR, OC_HOME = '.', BUCKET_URL } = process.env;
const oc = createRequire(join(OC_HOME, 'package.json'))('oc') as { Registry(options: object): Registry };

const registry = oc.Registry({
  baseUrl: `http://localhost:${PORT}/`,
  // As Node takes it: with a number alone it would be open to the whole network, and anybody may publish.
  port: { host: '127.0.0.1', port: Number(PORT) },
  tempDir: `${DATA_DIR}/`,
  verbosity: 0,
  refreshInterval: 600,
  pollingInterval: 5,
  s3: {
    bucket: 'bench',
    region: 'local',
    key: 'bench',
    secret: 'bench',
    endpoint: BUCKET_URL,
    sslEnabled: false,
    s3ForcePathStyle: true,
    path: `${BUCKET_URL}/bench/`,
    componentsDir: 'components',
  },
});
registry.app.get('/healthz', (_, response) => response.end());
registry.start((error) => {
  if (error) throw error;
});
process.on('SIGTERM', () => process.exit(0));
