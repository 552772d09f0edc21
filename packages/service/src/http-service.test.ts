import { once } from 'node:events';
import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BodyRefused, readBody } from './body';
import { type Handler, HttpService } from './http-service';

const open: HttpService[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.stop({ grace: 0 });
});

async function start(handle: Handler): Promise<{ service: HttpService; port: number }> {
  const service = new HttpService({ handle, refuse: (reason, _request, response) => void response.writeHead(503).end(reason) });
  open.push(service);
  return { service, port: (await service.listen(0, '127.0.0.1')).port };
}

interface Answer {
  status: number | undefined;
  headers: IncomingMessage['headers'];
  text: string;
}

const answerOf = async (incoming: IncomingMessage): Promise<Answer> => {
  let text = '';
  for await (const part of incoming) text += String(part);
  return { status: incoming.statusCode, headers: incoming.headers, text };
};

const get = (port: number, path: string, agent: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ port, path, agent, host: '127.0.0.1' }, (incoming) => void answerOf(incoming).then(resolve, reject))
      .on('error', reject)
      .end();
  });

/** Sends a body of `bytes` whole, and listens only then: as simple clients do. What it heard until the connection ended, or `end`. */
async function upload(port: number, bytes: number, headers: string[], end?: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const chunked = !headers.some((header) => header.startsWith('content-length'));
  const framing = chunked ? ['transfer-encoding: chunked'] : [];
  socket.write(['POST / HTTP/1.1', 'host: x', ...headers, ...framing, '\r\n'].join('\r\n'));
  const chunk = 'x'.repeat(64 * 1024);
  for (let sent = 0; sent < bytes; sent += chunk.length)
    if (!socket.write(chunked ? `10000\r\n${chunk}\r\n` : chunk)) await once(socket, 'drain');
  if (chunked) socket.write('0\r\n\r\n');
  const heard = await heardUntil(socket, end);
  socket.destroy();
  return heard;
}

const early: Handler = (_request, response) => void response.writeHead(401).end('early');
const bounded: Handler = (incoming, response) => {
  readBody(incoming, { most: 1024, within: 60_000 }).then(
    (body) => response.end(`${body.length}`),
    (error: unknown) => response.writeHead(error instanceof BodyRefused ? error.status : 500).end('refused'),
  );
};

describe('an answer that comes before the body is over', () => {
  it.each([
    ['nobody reads it', early, 401, 'early'],
    ['it is too large', bounded, 413, 'refused'],
  ])('reaches a client that sends all of it first: %s', async (_what, handle, status, text) => {
    const { port } = await start(handle);
    for (const length of [[], ['content-length: 8388608']])
      for (const [connection, end] of [['close'], ['keep-alive', text]] as const) {
        const heard = await upload(port, 8_388_608, [`connection: ${connection}`, ...length], end);
        expect(heard, [connection, ...length].join()).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*${text}`));
      }
  });

  it('leaves the connection usable when the rest has come', async () => {
    const { port } = await start(bounded);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n${'x'.repeat(5000)}POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc`,
    );
    const heard = await heardUntil(socket, '\r\n3');
    expect(heard).toMatch(/^HTTP\/1.1 413 [\s\S]*HTTP\/1.1 200 /);
    socket.destroy();
  });

  it('leaves nothing behind on a kept connection, however many there were', async () => {
    const listening: number[] = [];
    const { port } = await start((incoming, response) => {
      listening.push(incoming.socket.listenerCount('close'));
      bounded(incoming, response);
    });
    const socket = connect(port, '127.0.0.1');
    const one = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n${'x'.repeat(5000)}`;
    socket.resume();
    for (let sent = 1; sent <= 12; sent++) {
      socket.write(one);
      await expect.poll(() => listening.length).toBe(sent);
    }
    expect(new Set(listening).size).toBe(1);
    socket.destroy();
  });

  it('leaves it usable also where a reader gave up half way', async () => {
    const { port } = await start((incoming, response) => {
      void incoming
        .iterator({ destroyOnReturn: false })
        .next()
        .then(() => response.writeHead(413).end());
    });
    const socket = connect(port, '127.0.0.1');
    const one = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 300000\r\n\r\n${'x'.repeat(300_000)}`;
    socket.write(one + one);
    let heard = '';
    socket.on('data', (part) => {
      heard += String(part);
    });
    await expect.poll(() => heard.match(/HTTP\/1.1 413/g)?.length).toBe(2);
    socket.destroy();
  });

  it('is the end of the connection where the rest has no end', async () => {
    const { port } = await start(early);
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = `${(1024 * 1024).toString(16)}\r\n${'x'.repeat(1024 * 1024)}\r\n`;
    let sent = 0;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk)) sent++;
      sent++;
    };
    socket.on('drain', pour).resume();
    pour();
    await closed;
    expect(sent).toBeLessThan(200);
  });
});

describe('Expect: 100-continue', () => {
  const asked = async (port: number, length: number, then: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`);
    let heard = '';
    for await (const part of socket) {
      heard += String(part);
      if (heard.endsWith('HTTP/1.1 100 Continue\r\n\r\n')) socket.write(then);
      if (heard.endsWith('\r\n3')) break;
    }
    socket.destroy();
    return heard;
  };

  it('is told to go on where its body is read', async () => {
    const { port } = await start(bounded);
    expect(await asked(port, 3, 'abc')).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK\r\n(?![\s\S]*connection: close)/i);
  });

  it.each([
    ['without its body', early, 401],
    ['because it is too large', bounded, 413],
  ])('is told nothing where it is answered %s, and that is the end of the connection', async (_why, handle, status) => {
    const { port } = await start(handle);
    // Another request behind it would be taken for the body.
    const heard = await asked(port, 2_000_000, 'x');
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toMatch(/\r\nconnection: close\r\n/i);
  });

  it('is the only expectation that there is: others are passed over', async () => {
    const { port } = await start(early);
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nexpect: beer\r\n\r\n');
    expect(await heardUntil(socket, 'early')).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });
});

async function heardUntil(socket: Socket, text?: string): Promise<string> {
  let heard = '';
  for await (const part of socket) {
    heard += String(part);
    if (text !== undefined && heard.includes(text)) break;
  }
  return heard;
}

describe('a body', () => {
  const told = (within: number) =>
    start((incoming, response) => {
      readBody(incoming, { most: 100, within }).then(
        (body) => response.end(body),
        (error: BodyRefused) => response.writeHead(error.status).end(error.code),
      );
    });

  it('has a deadline, however often a byte comes', async () => {
    const { port } = await told(300);
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 90\r\n\r\n');
    const dripping = setInterval(() => socket.write('x'), 20);
    expect(await heardUntil(socket, 'body_too_slow')).toMatch(/^HTTP\/1.1 408 /);
    clearInterval(dripping);
    socket.destroy();
  });

  it('may be as large as allowed, and no byte larger, with a length and without', async () => {
    const { port } = await told(60_000);
    const send = async (bytes: number, headers: OutgoingHttpHeaders) => {
      const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false });
      outgoing.end('x'.repeat(bytes));
      return answerOf(((await once(outgoing, 'response')) as [IncomingMessage])[0]);
    };
    for (const headers of [{ 'transfer-encoding': 'chunked' }, {}]) {
      expect((await send(100, headers)).text).toHaveLength(100);
      expect(await send(101, headers)).toMatchObject({ status: 413, text: 'body_too_large' });
    }
  });
});

describe('a service that stops', () => {
  it('finishes what it accepted, refuses what comes, and only then ends its streams', async () => {
    const order: string[] = [];
    const held: ServerResponse[] = [];
    const { service, port } = await start((incoming, response) => {
      // As the service sees it: when it reaches the other side is the network's.
      response.once('finish', () => order.push(incoming.url ?? ''));
      if (incoming.url === '/stream') {
        response.setHeader('content-type', 'text/event-stream');
        response.write('data: 1\n\n');
      } else if (incoming.url === '/slow') held.push(response);
      else response.end('quick');
    });
    const kept = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await get(port, '/', kept)).headers.connection).toBe('keep-alive');
    const stream = get(port, '/stream', new Agent());
    const slow = get(port, '/slow', new Agent());
    await expect.poll(() => held.length + service.streams().length).toBe(2);

    const stopped = service.stop({
      grace: 60_000,
      last: () => {
        order.push('last');
        for (const response of service.streams()) response.end('data: bye\n\n');
      },
    });
    const refused = await get(port, '/', kept);
    expect(refused).toMatchObject({ status: 503, text: 'stopping', headers: { connection: 'close', 'retry-after': '2' } });
    await expect(get(port, '/', new Agent())).rejects.toThrow('ECONNREFUSED');
    expect(order).toEqual(['/']);
    for (const response of held) response.end('done');
    expect(await slow).toMatchObject({ status: 200, text: 'done', headers: { connection: 'close' } });
    expect((await stream).text).toBe('data: 1\n\ndata: bye\n\n');
    await stopped;
    expect(order).toEqual(['/', '/slow', 'last', '/stream']);
    kept.destroy();
  });

  it('cuts nothing under load: every request is answered, with what it asked for or with 503, or finds a closed door', async () => {
    const { service, port } = await start((_incoming, response) => setTimeout(() => response.end('ok'), 5));
    const outcomes = new Map<string, number>();
    const count = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
    let going = true;
    const worker = async (): Promise<void> => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      while (going)
        await get(port, '/', agent).then(
          ({ status }) => {
            count(String(status));
            going &&= status === 200;
          },
          (error: NodeJS.ErrnoException) => {
            count(error.code ?? error.message);
            going = false;
          },
        );
      agent.destroy();
    };
    const work = Promise.all(Array.from({ length: 20 }, worker));
    await expect.poll(() => outcomes.get('200') ?? 0).toBeGreaterThan(100);
    await service.stop({ grace: 60_000 });
    await work;
    expect([...outcomes.keys()].filter((what) => !['200', '503', 'ECONNREFUSED'].includes(what))).toEqual([]);
  });

  it('does not wait for ever', async () => {
    const { service, port } = await start(() => undefined);
    const cut = get(port, '/', new Agent());
    cut.catch(() => undefined);
    await expect.poll(() => new Promise((resolve) => service.server.getConnections((_error, count) => resolve(count)))).toBe(1);
    await service.stop({ grace: 200 });
    await expect(cut).rejects.toThrow('socket hang up');
  });
});

it('refuses two Host headers', async () => {
  const { service } = await start((_request, response) => void response.end('ok'));
  const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n');
  expect(await heardUntil(socket, 'host_ambiguous')).toContain('onnection: close');
});

describe('what is no request', () => {
  const lines = (...head: string[]) => [...head, '\r\n'].join('\r\n');
  const long = 'x'.repeat(64 * 1024);
  /** Sends all of it, and listens only then. */
  const say = async (port: number, ...parts: string[]): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const part of parts) if (!socket.write(part)) await once(socket, 'drain');
    const heard = await heardUntil(socket);
    socket.destroy();
    return heard;
  };
  const readsAll: Handler = (incoming, response) => {
    readBody(incoming, { most: 1024, within: 60_000 }).then(
      () => response.end('ok'),
      () => undefined,
    );
  };

  it.each([
    ['a word', 400, 'request_malformed', ['hello\r\n\r\n']],
    ['headers beyond everything', 431, 'headers_too_large', ['GET / HTTP/1.1\r\nhost: x\r\n', ...Array(40).fill(`a: ${long}\r\n`), '\r\n']],
    [
      'a length and chunks',
      400,
      'request_malformed',
      [lines('POST / HTTP/1.1', 'host: x', 'content-length: 3', 'transfer-encoding: chunked')],
    ],
    ['two lengths', 400, 'request_malformed', [lines('POST / HTTP/1.1', 'host: x', 'content-length: 3', 'content-length: 4')]],
    ['a chunk that is none', 400, 'request_malformed', [lines('POST / HTTP/1.1', 'host: x', 'transfer-encoding: chunked'), 'zz\r\n']],
  ])('is told so by a whole problem: %s', async (_what, status, code, parts) => {
    const { port } = await start(readsAll);
    const heard = await say(port, ...parts);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*content-type: application/problem\\+json[\\s\\S]*"code":"${code}"`));
    expect(await say(port, lines('GET / HTTP/1.1', 'host: x', 'connection: close'))).toMatch(/^HTTP\/1.1 200 /);
  });

  it('also without a Host, which the service then judges', async () => {
    const { port } = await start((incoming, response) => void response.end(String(incoming.headers.host)));
    expect(await say(port, lines('GET / HTTP/1.1', 'connection: close'))).toMatch(/^HTTP\/1.1 200 [\s\S]*undefined/);
  });
});
