/** The driver's own internals are asked here, for the moment between a socket's end and its `close` cannot be met from outside by will. */
import type { Socket } from 'node:net';
import type { Connection } from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BreakableLink, breakableLink } from '../../testing/breakable-link';
import { freshMongoUrl, stores } from '../../testing/stores';
import { connectMongo } from './connection';

interface Connected {
  socket: Socket;
}
interface Server {
  pool: { connections: Set<Connected> };
  monitor: { connection: Connected; requestCheck(): void };
}

describe.skipIf(!stores().some(({ name }) => name === 'mongo'))('a socket that was ended and has not said so', { timeout: 60_000 }, () => {
  let link: BreakableLink;
  let connection: Connection;
  const ping = () => connection.db?.command({ ping: 1 });

  function server(): Server {
    const { topology } = connection.getClient() as unknown as { topology: { s: { servers: Map<string, Server> } } };
    const [only] = topology.s.servers.values();
    if (!only) throw new Error('the driver knows of no server');
    return only;
  }

  beforeEach(async () => {
    const url = new URL(freshMongoUrl());
    link = await breakableLink({ host: url.hostname, port: Number(url.port || 27_017) });
    url.host = `127.0.0.1:${link.port}`;
    url.searchParams.set('directConnection', 'true');
    // A check that is asked for is made at once, however short the last one was ago.
    url.searchParams.set('minHeartbeatFrequencyMS', '1');
    connection = await connectMongo(url.toString());
    await ping();
  });
  afterEach(async () => {
    await link.mend();
    await connection.close();
    await link.close();
  });

  it('refuses what is written to it, and the next request is answered', async () => {
    for (const { socket } of server().pool.connections) socket.destroy();
    await expect(ping()).rejects.toThrow('closed');
    await expect.poll(() => ping()).toMatchObject({ ok: 1 });
  });

  it('refuses what waits for it to drain', async () => {
    link.hold();
    // More than all buffers between here and there take.
    const bytes = Buffer.alloc(8 * 1024 * 1024);
    await expect(connection.collection('large').insertMany([{ bytes }, { bytes }, { bytes }])).rejects.toThrow('interrupted');
  });

  it('does not keep the monitor from looking again', async () => {
    const failed = new Promise((heard) => connection.getClient().once('serverHeartbeatFailed', heard));
    const { monitor } = server();
    monitor.connection.socket.destroy();
    monitor.requestCheck();
    await failed;
    await new Promise((heard) => connection.getClient().once('serverHeartbeatSucceeded', heard));
    await expect.poll(() => ping()).toMatchObject({ ok: 1 });
  });
});
