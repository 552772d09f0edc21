/** Uploads that come slowly, or by the dozen: they hold themselves up and nobody else. */
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '@datamesh/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Problem as Refusal } from '../../http/problem';
import { eventually, publisherOf, startTestApi, type TestApi } from '../../testing/api';
import { stores } from '../../testing/stores';
import { widgetTarball } from '../../testing/tarball';
import { createTeamQueue } from '../../workers/team-queue';
import { limits } from './limits';
import { receive } from './receive';

describe('turns', () => {
  it('leave room for others, whatever one team does', async () => {
    const turn = createTeamQueue(3, 2);
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const held = (team: string) => turn(team, () => new Promise<void>((end) => ends.push(end)).then(() => void order.push(team)));
    const work = [held('slow'), held('slow'), held('slow'), held('slow'), held('quick')];
    await eventually(() => (ends.length === 3 ? true : undefined), 'two of one and one of the other');
    ends[2]?.();
    await work[4];
    expect(order).toEqual(['quick']);
    for (let i = 0; i < 5; i++) {
      ends[i]?.();
      await new Promise((soon) => setTimeout(soon));
    }
    await Promise.all(work);
    expect(order).toHaveLength(5);
  });
});

describe('a body that is received', () => {
  let close: () => void = () => {};
  afterEach(() => close());

  /** What `receive` makes of a request whose body is this much, sent at once, and then nothing more for a while. */
  async function received(body: Buffer, { ends, milliseconds }: { ends: boolean; milliseconds: number }): Promise<Buffer | Refusal> {
    const server = createServer((req, res: ServerResponse) => {
      receive(req, milliseconds).then(
        async (upload) => {
          outcome(await upload.read());
          await upload.close();
          res.end();
        },
        (error: Refusal) => {
          outcome(error);
          res.writeHead(error.status).end();
        },
      );
    });
    let outcome: (value: Buffer | Refusal) => void = () => {};
    const made = new Promise<Buffer | Refusal>((resolve) => {
      outcome = resolve;
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const sent = request({ port: (server.address() as AddressInfo).port, method: 'PUT' });
    sent.on('error', () => {});
    sent.write(body);
    if (ends) sent.end();
    close = () => {
      sent.destroy();
      server.closeAllConnections();
      server.close();
    };
    return made;
  }

  it('comes out as it went in', async () => {
    const body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
    expect(Buffer.compare((await received(body, { ends: true, milliseconds: 60_000 })) as Buffer, body)).toBe(0);
  });

  it('is refused when it is not there in time', async () => {
    expect(await received(Buffer.from('slow'), { ends: false, milliseconds: 50 })).toMatchObject({ status: 408, code: 'upload_too_slow' });
  });

  it('is refused when it is too large', async () => {
    const body = Buffer.alloc(limits.compressed + 1);
    expect(await received(body, { ends: true, milliseconds: 60_000 })).toMatchObject({ status: 413, code: 'tarball_too_large' });
  });
});

describe.each(stores().slice(0, 1))('slow uploads on $name', ({ open }) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(open);
  });
  afterAll(() => api.stop());

  it('of one team, as many as it likes, leave the way free for another', async () => {
    const slow = Array.from({ length: 20 }, (_, i) => {
      const stop = new AbortController();
      const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(10)) });
      const answer = api.call(`/api/v1/widgets/slow-widget-${i}/versions/1.0.0`, {
        as: publisherOf('slow-team'),
        method: 'PUT',
        headers: { 'content-type': 'application/gzip' },
        stream: body,
        signal: stop.signal,
      });
      return { stop, answer: answer.catch(() => null) };
    });
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) => api.publish(`quick-widget-${name}`, '1.0.0', widgetTarball({ name: `quick-widget-${name}` }))),
    );
    expect(await Promise.all(answers.map(async (answer) => [answer.status, ((await answer.json()) as Problem).code]))).toEqual(
      Array(3).fill([201, undefined]),
    );
    for (const { stop } of slow) stop.abort();
    await Promise.all(slow.map(({ answer }) => answer));
  });
});
