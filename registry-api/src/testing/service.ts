/** The whole service with its own issuer on a free port and a data folder of its own, for tests over real HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@datamesh/test-servers/process';
import { pino } from 'pino';
import type { Clock } from '../clock';
import { readConfig } from '../config';
import { startServer } from '../server';
import { watchListedCodes } from './listed-codes';

export interface TestService {
  origin: string;
  /** Holds bootstrap.json and registry/. */
  folder: string;
  /** Stops, and throws where it has answered with a code that the contract does not list for the operation. */
  stop(): Promise<void>;
}

export async function startTestService(clock: Clock, env: Record<string, string> = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-service-'));
  const port = env['PORT'] ?? String(await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const config = readConfig({
    DATAMESH_DEV_ISSUER: '1',
    PUBLIC_URL: origin,
    PORT: port,
    DATA_DIR: join(folder, 'registry'),
    NODE_ENV: 'test',
    ...env,
  });
  const refuseUnlistedCodes = watchListedCodes();
  const server = await startServer(config, pino({ level: process.env['TEST_LOG'] ?? 'silent' }), clock);
  return {
    origin,
    folder,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
      refuseUnlistedCodes();
    },
  };
}
