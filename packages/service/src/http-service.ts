/** An HTTP server as every service has it: from the first request to the last. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { continueWhenRead } from './expectation';
import { hostHeaders } from './hosts';
import { answerBare, answerMalformed } from './malformed';
import { discardRest } from './rest';
import { UnderWay } from './under-way';

/**
 * Milliseconds that an idle connection stays open. Node's five seconds are so short that a proxy now and then sends a POST down a connection
 * which is just being closed; it may not send that twice, and somebody's sign-in fails.
 */
const KEEP_ALIVE = 65_000;
/** A query string of 100 KB still reaches the tracker's pixel, which says what is wrong with it; Node alone would cut it off with a 431. */
const MAX_HEADER_BYTES = 256 * 1024;
/**
 * Connections that may wait to be accepted. Node's 511 are gone in a moment when every page comes back at once, and whoever finds no place tries
 * again after 1, 3 and 7 seconds. The kernel allows no more than its own limit (Linux: net.core.somaxconn, 4096 unless set) and says nothing of it.
 */
const LISTEN_BACKLOG = 65_535;
/** Milliseconds for which kept connections are still answered, with 503, once the service stops. */
const LAST_ANSWERS = 250;

/**
 * Headers that libraries take apart by patterns whose time grows with the square of the length: 100 KB of semicolons in a Content-Type stopped a
 * service for a minute. In characters; far more than any client has to say there.
 */
const LONGEST = Object.entries({ 'content-type': 512, accept: 2048 });

export type Refusal = 'stopping' | 'host_ambiguous' | 'header_too_large';
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpServiceOptions {
  handle: Handler;
  /** Answers a request that `handle` never sees: 503 `stopping`, 400 `host_ambiguous`, 431 `header_too_large`. Set already: `connection: close`, `retry-after`. */
  refuse(reason: Refusal, request: IncomingMessage, response: ServerResponse): void;
  /** What answers headers that are longer than any may be, instead of a problem: a whole HTTP answer. */
  overlong?(): Buffer;
}

export interface Stop {
  /** Milliseconds that what was accepted may take, all in all. */
  grace: number;
  /** When what was accepted is answered, event streams excepted, or the grace is over: ends the streams. */
  last?(): Promise<void> | void;
}

function refusalOf({ rawHeaders, headers }: IncomingMessage): Refusal | undefined {
  if (hostHeaders(rawHeaders) > 1) return 'host_ambiguous';
  return LONGEST.some(([name, most]) => (headers[name]?.length ?? 0) > most) ? 'header_too_large' : undefined;
}

export class HttpService {
  readonly server: Server;
  readonly #underWay = new UnderWay();
  #stopping = false;

  constructor({ handle, refuse, overlong }: HttpServiceOptions) {
    // Without a Host it is refused like with any other that is not ours: by a problem, where Node itself says nothing.
    const options = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE, requireHostHeader: false };
    const answer: Handler = (request, response) => {
      discardRest(request, response);
      const reason = this.#stopping ? 'stopping' : refusalOf(request);
      if (reason) {
        response.setHeader('connection', 'close');
        if (reason === 'stopping') response.setHeader('retry-after', '2');
        return refuse(reason, request, response);
      }
      this.#underWay.add(response);
      handle(request, response);
    };
    this.server = createServer(options, answer);
    this.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      continueWhenRead(request, response);
      answer(request, response);
    });
    // What else a client expects is passed over, as RFC 9110 (10.1.1) allows: Node's own 417 would be no problem.
    this.server.on('checkExpectation', answer);
    this.server.on('clientError', (error: NodeJS.ErrnoException, duplex) => {
      const socket = duplex as Socket;
      // Half an answer is out, or nobody is there to read one.
      const begun = [...this.#underWay].some((response) => response.socket === socket && response.headersSent);
      if (begun || !socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
      if (overlong && error.code === 'HPE_HEADER_OVERFLOW') answerBare(socket, overlong());
      else answerMalformed(error, socket);
    });
  }

  /** Rejects with Node's own error where the port is taken. */
  listen(port: number, host: string): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port, host, backlog: LISTEN_BACKLOG }, () => {
        this.server.off('error', reject);
        resolve(this.server.address() as AddressInfo);
      });
    });
  }

  /** Event streams that are open. */
  streams(): ServerResponse[] {
    return [...this.#underWay].filter((response) => String(response.getHeader('content-type')).startsWith('text/event-stream'));
  }

  /**
   * Takes no new connection and answers new requests on kept ones with 503, finishes what was accepted, then ends what never would end by
   * itself. Resolves when every connection is closed.
   */
  async stop({ grace, last }: Stop): Promise<void> {
    this.#stopping = true;
    const until = performance.now() + grace;
    const cut = setTimeout(() => this.server.closeAllConnections(), grace);
    // Not http's own close, which also resets idle connections down which a request may be on its way.
    const closed = new Promise<void>((resolve) => void NetServer.prototype.close.call(this.server, () => resolve()));
    for (const response of this.#underWay) if (!response.headersSent) response.setHeader('connection', 'close');
    await Promise.all([this.#answered(() => this.#underWay.size - this.streams().length, until), pause(Math.min(LAST_ANSWERS, grace))]);
    await last?.();
    await this.#answered(() => this.#underWay.size, until);
    this.server.close();
    await closed;
    clearTimeout(cut);
  }

  async #answered(open: () => number, until: number): Promise<void> {
    while (open() > 0 && performance.now() < until) await pause(10);
  }
}
