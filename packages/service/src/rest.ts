/** What a client still sends when its answer is out already. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface RestLimits {
  /** Bytes. */
  bytes: number;
  /** Milliseconds. */
  within: number;
}

/** Three times the largest body that any route takes. */
export const REST: RestLimits = { bytes: 64 * 1024 * 1024, within: 30_000 };

/**
 * The rest of a body that was answered early is read and thrown away, within limits, and only then is the connection closed. Closing at once
 * would reset it: most clients then never see the answer (413, 401) and report a broken line.
 */
export function discardRest(request: IncomingMessage, response: ServerResponse, limits = REST): void {
  // Before Node's own listener, which closes the connection where the answer says so.
  response.prependOnceListener('finish', () => {
    if (!request.complete && !request.socket.destroyed) linger(request, request.socket, limits);
  });
}

/** The same for what was no request: reads on, within limits, what comes down a connection whose own half has ended. */
export function lingerOn(socket: Socket, limits = REST): void {
  socket.on('data', bounded(socket, limits).took);
  socket.once('end', () => socket.destroySoon());
  socket.on('error', () => socket.destroy());
}

/** Ends the connection once more has been taken than `bytes`, or `within` is over before `over` says that all has come. */
function bounded(socket: Socket, { bytes: most, within }: RestLimits): { took(chunk: Buffer): void; over(): void } {
  let bytes = 0;
  const deadline = setTimeout(() => socket.destroy(), within);
  const over = (): void => {
    clearTimeout(deadline);
    // A kept connection may see many of these.
    socket.off('close', over);
  };
  socket.once('close', over);
  return {
    took: (chunk) => {
      bytes += chunk.length;
      if (bytes > most) socket.destroy();
    },
    over,
  };
}

function linger(request: IncomingMessage, socket: Socket, limits: RestLimits): void {
  let closing = false;
  // What Node calls where the connection ends with this answer: our half of it does, the other is still being read.
  socket.destroySoon = () => {
    closing = true;
    socket.end();
  };
  const { took, over } = bounded(socket, limits);
  request.unpipe();
  // Whoever iterated over it and gave up still listens for it to be readable, and then nothing flows.
  request.removeAllListeners('readable');
  request.on('data', took);
  request.once('end', () => {
    over();
    Reflect.deleteProperty(socket, 'destroySoon');
    if (closing) socket.destroySoon();
  });
  request.resume();
}
