/** What cannot be read as an HTTP request at all: said as a problem as well, on the bare socket, as Node has no response for it. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { lingerOn } from './rest';

/** By the codes of Node's parser; everything else is a request that is none. */
const REFUSALS: Record<string, ReturnType<typeof refusal>> = {
  HPE_HEADER_OVERFLOW: refusal(431, 'headers_too_large', 'The request line and the headers are longer than 256 KB together. Send less.'),
  ERR_HTTP_REQUEST_TIMEOUT: refusal(408, 'request_too_slow', 'The request did not arrive in time. Send it again.'),
};
const OTHERWISE = refusal(400, 'request_malformed', 'This is not a request of HTTP/1.1 as the standard writes it.');

function refusal(status: number, code: string, detail: string) {
  return { status, title: STATUS_CODES[status] ?? 'Error', code, detail };
}

/** Answers, and closes the connection once what is still sent has come (rest.ts). */
export function answerMalformed({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  const problem = REFUSALS[code] ?? OTHERWISE;
  const body = JSON.stringify({ type: `urn:datamesh:problem:${problem.code}`, ...problem });
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
    '\r\n',
  ];
  answerBare(socket, head.join('\r\n') + body);
}

/** `answer`: a whole HTTP answer, after which the connection ends. */
export function answerBare(socket: Socket, answer: string | Buffer): void {
  // The parser of what is no HTTP would only complain again.
  socket.removeAllListeners('data');
  socket.end(answer);
  lingerOn(socket);
}
