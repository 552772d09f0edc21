/**
 * The tracker on a real Kafka and a real Apache Pinot: everything that it acknowledged is in both engines, once, although Pinot, Kafka and the
 * tracker itself are killed under load; both engines answer every question alike; and the usage widget shows these figures.
 */

import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Summary } from '@datamesh/contracts';
import { type KafkaServer, startKafka } from '@datamesh/test-servers/kafka/server';
import { type PinotServer, startPinot } from '@datamesh/test-servers/pinot/server';
import { freePort } from '@datamesh/test-servers/process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Visitors } from '../harness/browser';
import { panel, ready, words } from '../harness/dashboard';
import { createLayout } from '../harness/layouts';
import { Stack } from '../harness/stack';
import { ask, exportedIds, questions, withoutLive } from './questions';
import { Sender } from './sender';
import { TrackerProcess } from './tracker-process';
import { SITE, traffic, trafficRange } from './traffic';

const COUNT = 200_000;
const now = Date.now();
const key = `dmk_${randomBytes(24).toString('base64url')}`;

let kafka: KafkaServer;
let pinot: PinotServer;
let data: string;
/** Settings of the tracker, alone and within the whole system. */
let settings: Record<string, string>;
let sender: Sender;

beforeAll(async () => {
  [kafka, pinot] = await Promise.all([startKafka(), startPinot()]);
  settings = {
    SINKS: 'duckdb,kafka',
    KAFKA_BROKERS: kafka.brokers,
    PINOT_BROKERS: pinot.broker,
    SITES: JSON.stringify([
      {
        id: SITE,
        title: 'Shop',
        identity: 'account',
        origins: ['https://shop.example'],
        departments: ['*'],
        owners: ['platform'],
        keys: [createHash('sha256').update(key).digest('hex')],
      },
    ]),
  };
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../tracker/dist/cli.mjs'), 'pinot', 'apply'], {
    env: { ...process.env, ...settings, PINOT_CONTROLLER: pinot.controller },
  });
  // A company with people and layouts, whose tracker then takes the load alone.
  const company = await Stack.start({ fresh: true });
  await company.stop({ keepData: true });
  data = company.data;
});
afterAll(async () => {
  await Promise.all([kafka?.stop(), pinot?.stop()]);
});

it('takes 200,000 events, one in twenty sent twice, while Pinot, Kafka and then the tracker itself are killed', async () => {
  const port = await freePort();
  const tracker = new TrackerProcess(port, { ...settings, DATA_DIR: join(data, 'tracker'), REGISTRY_URL: 'http://127.0.0.1:1' });
  await tracker.start();
  sender = new Sender(tracker.url, key, traffic(now), COUNT);
  sender.allow(0.45);
  const sending = sender.run();

  await sender.reached(0.2);
  await pinot.kill();
  await sender.reached(0.35);
  const pinotIsBack = pinot.restart();
  sender.allow(0.65);
  await sender.reached(0.5);
  await kafka.kill();
  await sender.reached(0.6);
  await kafka.restart();
  sender.allow(1);
  await sender.reached(0.7);
  await tracker.kill();
  await tracker.start();
  await Promise.all([sending, pinotIsBack]);

  expect(sender.acknowledged.size).toBe(COUNT);
  expect(sender.sent).toBeGreaterThan(COUNT * 1.04);
  expect(sender.repeated).toBeGreaterThan(0);
  for (const sink of ['duckdb', 'kafka']) await expect.poll(() => tracker.lag(sink), { timeout: 120_000, message: sink }).toBe(0);
  expect(await tracker.stop()).toBe(0);
});

/** The whole system on what the load left behind, asked by an admin. */
async function on<T>(engine: 'duckdb' | 'pinot', work: (page: Page, stack: Stack) => Promise<T>): Promise<T> {
  const stack = await Stack.start({ data, env: { ...settings, QUERY_ENGINE: engine } });
  const visitors = await Visitors.open(stack);
  try {
    const { page } = await visitors.person('dana', '/');
    return await work(page, stack);
  } finally {
    await visitors.close();
    await stack.stop({ keepData: true });
  }
}

async function everything(page: Page): Promise<{ ids: string[]; answers: Map<string, unknown> }> {
  const answers = new Map<string, unknown>();
  for (const question of questions(now)) answers.set(question, withoutLive(await ask(page, question)));
  return { ids: await exportedIds(page, now), answers };
}

it('has exactly what was acknowledged in both engines, once, and the same answer to every question', async () => {
  const fromPinot = await on('pinot', async (page) => {
    const { from, to } = trafficRange(now);
    const all = `top?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&dimension=event_name&limit=100`;
    const counted = async (): Promise<number> =>
      (await ask<{ items: { views: number }[] }>(page, all)).items.reduce((sum, { views }) => sum + views, 0);
    await expect.poll(counted, { timeout: 120_000, interval: 500 }).toBe(COUNT);
    return everything(page);
  });
  const fromDuckDb = await on('duckdb', everything);
  const acknowledged = [...sender.acknowledged].sort();
  expect(fromPinot.ids.length).toBe(COUNT);
  expect(fromPinot.ids.sort()).toEqual(acknowledged);
  expect(fromDuckDb.ids.sort()).toEqual(acknowledged);
  for (const [question, answer] of fromDuckDb.answers) expect.soft(fromPinot.answers.get(question), question).toEqual(answer);
});

it('shows the figures of Pinot in the usage widget', async () => {
  await on('pinot', async (page) => {
    const id = await createLayout(page, {
      title: 'Shop',
      visibility: 'private',
      tree: { type: 'stack', active: 0, panels: ['usage'] },
      panels: { usage: { widget: 'usage@stable', title: 'Usage', settings: { site: SITE, range: '30d' } } },
    });
    await page.goto(`/l/${id}`);
    await ready(page, 'usage');
    const { from, to } = trafficRange(now);
    const { current } = await ask<Summary>(page, `summary?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`);
    const written = new Intl.NumberFormat('en').format;
    expect(current.visitors).toBeGreaterThan(1000);
    // Each is an answer of its own.
    for (const shown of [written(current.visitors), written(current.views), '/pricing'])
      await expect.poll(() => words(panel(page, 'usage'))).toContain(shown);
  });
});
