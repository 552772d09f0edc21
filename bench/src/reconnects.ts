/** Every open page comes back at once, as after a restart: event streams through the edge, until the last one knows where it stands. */
import { connect, type Socket } from 'node:net';
import { signedIn } from '../../e2e/edge/people';
import { Stack } from '../../e2e/harness/stack';

const PAGES = 3000;
/** Milliseconds after which it has failed. */
const TIMEOUT_MS = 60_000;

/** Milliseconds from the first connection to the last stream that told its position. */
export async function reconnects(): Promise<number> {
  const stack = await Stack.start({ env: { LIMIT_STREAMS: String(2 * PAGES), LIMIT_READS: 'none' } });
  const sockets: Socket[] = [];
  try {
    const { host, port } = new URL(stack.url);
    const headers = Object.entries({ host, ...(await signedIn(stack, 'casey')) }).map(([name, value]) => `${name}: ${value}`);
    const request = ['GET /api/v1/events HTTP/1.1', ...headers, '\r\n'].join('\r\n');
    await comeBack(1, Number(port), request, sockets);
    return await comeBack(PAGES, Number(port), request, sockets);
  } finally {
    for (const socket of sockets) socket.destroy();
    await stack.stop();
  }
}

async function comeBack(pages: number, port: number, request: string, sockets: Socket[]): Promise<number> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: pages }, () => {
      const socket = connect({ port, host: '127.0.0.1' });
      sockets.push(socket);
      return position(socket, request);
    }),
  );
  return performance.now() - began;
}

function position(socket: Socket, request: string): Promise<void> {
  return new Promise((known, failed) => {
    let heard = '';
    socket.setTimeout(TIMEOUT_MS, () => failed(new Error(`a stream said nothing more than: ${heard}`)));
    socket.once('error', failed).once('close', () => failed(new Error(`a stream ended: ${heard}`)));
    socket.once('connect', () => socket.write(request));
    socket.on('data', (part) => {
      heard += String(part);
      if (/\nid: \d+\n/.test(heard)) known();
    });
  });
}
