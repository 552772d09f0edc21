/**
 * Vitest's global setup for the integration project: suites read TEST_MONGO_URL, and run on SQLite alone where it is unset.
 * Without a server that is said in one line; with CI=true it is a failure.
 */
import { type MongoServer, startMongo } from './server';

let server: MongoServer | undefined;

export async function setup(): Promise<void> {
  if (process.env['TEST_MONGO_URL']) return;
  try {
    server = await startMongo();
    process.env['TEST_MONGO_URL'] = server.url;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env['CI'] === 'true') throw new Error(`The MongoDB suites need a server: ${reason}`);
    console.warn(`skipped: the MongoDB suites (${reason})`);
  }
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
