import { startMongo } from '@datamesh/test-servers/mongo/server';

/** Says in one line why the journeys on MongoDB are skipped; with CI=true a missing server is an error. */
export async function mongoIsMissing(): Promise<boolean> {
  try {
    await (await startMongo()).stop();
    return false;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env['CI'] === 'true') throw new Error(`The journey on MongoDB needs a server: ${reason}`);
    console.warn(`skipped: the journey on MongoDB (${reason})`);
    return true;
  }
}
