import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Response } from 'express';
import { sendProblem } from './problem';

const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

export interface Outgoing {
  /** Scheme, host and port; the path is `path` as it stands, never normalised. */
  to: URL;
  path: string;
  method: string;
  headers: OutgoingHttpHeaders;
  /**
   * Milliseconds without a byte from the other side while the client takes them. An event stream may be silent for ever once it began; a client
   * that takes nothing of one for so long is dropped.
   */
  timeout: number;
  /** What a person calls the other side: "registry-api". */
  name: string;
}

/** Milliseconds that a client may leave an answer unread, all its pauses together. */
const CLIENT_TIMEOUT_MS = 600_000;

/** What to answer with, from the answer of the other side; or nothing, when `answer` has already answered. */
export type Answer = (incoming: IncomingMessage) => { status: number; headers: OutgoingHttpHeaders } | undefined;

/**
 * Streams one request there and its answer back: nothing is buffered, either side's abort ends the other, and a side that
 * does not answer becomes a problem. Resolves when this exchange is over.
 */
export function exchange(request: IncomingMessage, response: Response, outgoing: Outgoing, answer: Answer): Promise<void> {
  return new Promise((done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    const hasBody = length !== undefined || encoding !== undefined;
    // Said anew, whatever `headers` holds: Node writes the body of a GET or DELETE without either one bare onto the connection,
    // where the other side would read it as the next request.
    const framing = length !== undefined ? { 'content-length': length } : encoding !== undefined ? { 'transfer-encoding': 'chunked' } : {};
    let there: ClientRequest | undefined;
    let heard: IncomingMessage | undefined;
    let gone = false;

    const fail = (code: 'upstream_unavailable' | 'upstream_timeout', detail: string): void => {
      response.locals['upstreamError'] = detail;
      if (gone) return;
      if (!response.headersSent) sendProblem(response, code, `${outgoing.name} ${detail}. Try again in a moment.`);
      // Half an answer is under way: cutting it is the only way to say that it is not whole.
      else response.destroy();
    };

    /** `again`: on a connection of its own, for the other kept ones may be as dead as the first. */
    const send = (mayRetry: boolean, again = false): void => {
      const open = outgoing.to.protocol === 'https:' ? httpsRequest : httpRequest;
      const attempt = open({
        protocol: outgoing.to.protocol,
        hostname: outgoing.to.hostname.replace(/^\[|\]$/g, ''),
        port: outgoing.to.port,
        path: outgoing.path,
        method: outgoing.method,
        headers: { ...outgoing.headers, ...framing },
        agent: again ? false : outgoing.to.protocol === 'https:' ? agents['https:'] : agents['http:'],
        setHost: false,
      });
      there = attempt;
      let timedOut = false;
      let streaming = false;
      let answered = false;
      let paused = 0;
      const onSilence = (): void => {
        if (streaming) {
          // The service cannot see it: nothing is read from it meanwhile, so not even that it has ended the stream is noticed here.
          if (response.writableNeedDrain) return void response.destroy();
          attempt.setTimeout(outgoing.timeout, onSilence);
          return;
        }
        // Nothing came because nothing was taken: a download that a person has paused.
        if (response.writableNeedDrain && paused < CLIENT_TIMEOUT_MS) {
          paused += outgoing.timeout;
          attempt.setTimeout(outgoing.timeout, onSilence);
          return;
        }
        timedOut = true;
        attempt.destroy(new Error(`sent nothing for ${Math.round(outgoing.timeout / 1000)} s`));
      };
      attempt.setTimeout(outgoing.timeout, onSilence);
      attempt.on('response', (incoming) => {
        answered = true;
        heard = incoming;
        // Node's own parser lets 000 pass, and then throws when it is written.
        if (!isStatus(incoming.statusCode)) {
          incoming.resume();
          return fail('upstream_unavailable', 'gave an answer that is not HTTP');
        }
        const head = answer(incoming);
        if (!head) {
          incoming.resume();
          return;
        }
        if (String(incoming.headers['content-type']).startsWith('text/event-stream')) {
          streaming = true;
          response.locals['streaming'] = true;
        }
        response.writeHead(head.status, head.headers);
        response.flushHeaders();
        incoming.on('error', () => fail('upstream_unavailable', 'broke off its answer'));
        incoming.pipe(response);
      });
      // Nobody asked for another protocol, and without this nobody would be told.
      attempt.on('upgrade', (_incoming, socket) => {
        answered = true;
        socket.destroy();
        fail('upstream_unavailable', 'wants to speak another protocol');
      });
      attempt.on('error', (error: NodeJS.ErrnoException) => {
        // An answer that came before the whole upload was taken (413) stands; one that broke off reports that itself.
        if (answered || gone) {
          // Nobody takes the upload any more, and a client that has to send it all first would never get to its answer.
          request.unpipe(attempt);
          request.resume();
          return;
        }
        // A kept connection that the other side had just closed. It may have been heard all the same: only reading is repeated.
        if (mayRetry && attempt.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) return send(false, true);
        if (timedOut) fail('upstream_timeout', error.message);
        else fail('upstream_unavailable', 'does not answer');
      });
      if (hasBody) request.pipe(attempt);
      else attempt.end();
    };

    response.on('close', () => {
      gone = true;
      // Answered before the upload was over, an event stream that was ended here, or a client that left: nobody needs the rest.
      if (there && !(there.writableFinished && heard?.complete)) there.destroy();
      done();
    });
    request.on('error', () => there?.destroy());
    send(!hasBody && (outgoing.method === 'GET' || outgoing.method === 'HEAD'));
  });
}

const isStatus = (status: number | undefined): boolean => status !== undefined && status >= 200 && status <= 999;
