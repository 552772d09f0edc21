/** The whole system on MongoDB: the same main job, and what was kept is there after a restart. */

import { type MongoServer, startMongo } from '@datamesh/test-servers/mongo/server';
import { afterAll, describe, expect, it } from 'vitest';
import { arrangeWatchSaveReload } from '../harness/arranging';
import { ready } from '../harness/dashboard';
import { journey } from '../harness/journey';
import { mongoIsMissing } from '../harness/mongo';

const missing = await mongoIsMissing();

describe.skipIf(missing)('on MongoDB', () => {
  let server: MongoServer;
  const here = journey(async () => {
    server = await startMongo();
    return { mongoUrl: `${server.url}/journey-${process.pid}` };
  });
  afterAll(() => server.stop());

  it('the main job', () => arrangeWatchSaveReload(here));

  it('the casual view', async () => {
    const { page, context } = await here.visitors.person('casey', '/d/sales');
    await ready(page, 'data-table', 'series-chart', 'date-range', 'usage');
    await expect.poll(() => page.getByRole('heading', { name: 'Markets morning' }).count()).toBe(1);
    await context.close();
  });
});
