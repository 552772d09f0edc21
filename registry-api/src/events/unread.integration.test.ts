/** A reader that is there and never reads, over a real socket: it is dropped by what it is owed, and what it costs meanwhile is bounded. */
import { connect } from 'node:net';
import { HttpService } from '@datamesh/service';
import express from 'express';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createMetrics } from '../http/metrics';
import { eventually, person } from '../testing/api';
import { stores } from '../testing/stores';
import { startFeed } from './feed';
import { openOutbox } from './module';
import { createEventRoutes } from './routes';
import { MAX_BEHIND_BYTES } from './stream';

/** So that few of them fill what the kernel keeps for a connection, which is megabytes. */
const EVENT = 64 * 1024;
/** No test waits for so long: whoever is dropped is dropped for bytes. */
const NEVER = 3_600_000;

it.each(stores())('a reader that never reads is dropped for the bytes that it is owed, on $name', async ({ open }) => {
  const storage = await open();
  const outbox = await openOutbox(storage);
  const unforeseen: unknown[] = [];
  const feed = await startFeed({ outbox, onError: (error) => unforeseen.push(error) });
  const metrics = createMetrics();
  const { stream, stop } = createEventRoutes({
    feed,
    metrics,
    logger: pino({ level: 'silent' }),
    sessionAlive: async () => true,
    streamsOfOne: 2,
    timeoutMs: NEVER,
    commentEveryMs: NEVER,
    sessionEveryMs: NEVER,
  });
  const app = express().use((request, response, next) => {
    request.caller = person('casey');
    return stream(request, response, next);
  });
  const service = new HttpService({ handle: app, refuse: () => undefined });
  const { port } = await service.listen(0, '127.0.0.1');
  const ask = () => connect(port, '127.0.0.1').on('error', () => undefined);
  const request = 'GET /api/v1/events HTTP/1.1\r\nhost: x\r\n\r\n';
  const figure = async (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await metrics.registry.metrics())?.[1]);
  const [silent, reading] = [ask().pause(), ask()];
  let sent = 0;
  let heard = 0;
  let held = 0;
  try {
    let rest = '';
    reading.on('data', (part) => {
      rest += String(part);
      for (const [, id] of rest.matchAll(/\nid: (\d+)\n/g)) heard = Number(id);
      // A number that came only half.
      rest = rest.slice(-32);
    });
    for (const socket of [silent, reading]) socket.write(request);
    await eventually(async () => ((await figure('registry_event_streams')) === 2 ? true : undefined), 'two streams');
    while ((await figure('registry_event_streams')) === 2) {
      // Far more than any kernel keeps: it is never dropped then.
      if (++sent > 1000) throw new Error(`${sent} events of ${EVENT} bytes did not drop it`);
      const at = new Date(0).toISOString();
      await outbox.append({ id: `e${sent}`, type: 'layouts.changed', at, data: { layout: 'x'.repeat(EVENT) }, audience: { kind: 'all' } });
      await feed.refresh();
      // The one that reads keeps up with every one of them.
      await eventually(() => (heard >= sent ? true : undefined), `event ${sent} to be heard`);
      held = Math.max(held, await figure('registry_event_streams_held_bytes'));
    }
    expect(await figure('registry_event_streams_ended_total\\{reason="too_far_behind"\\}')).toBe(1);
    expect(await figure('registry_event_streams')).toBe(1);
    expect(reading.destroyed).toBe(false);
    // What it was owed was counted, not kept: a write buffer and the event that filled it.
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(MAX_BEHIND_BYTES / 2);
    expect(await figure('registry_event_streams_held_bytes')).toBe(0);
    expect(unforeseen).toEqual([]);
  } finally {
    stop();
    silent.destroy();
    reading.destroy();
    await feed.stop();
    await service.stop({ grace: 0 });
    await storage.close();
  }
});
