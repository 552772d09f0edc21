/** What cannot be read as an HTTP request at all: said as a problem as well, on the bare socket, as Node has no response for it. */
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, type ProblemCause, problemBody } from './problem';
import { lingerOn } from './rest';

/** By the codes of Node's parser; everything else is a request that is none. */
const REFUSALS: Record<string, ProblemCause> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    detail: 'The request line and the headers are longer than 256 KB together. Send less.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_too_slow', detail: 'The request did not arrive in time. Send it again.' },
};
const OTHERWISE: ProblemCause = {
  status: 400,
  code: 'request_malformed',
  detail: 'This is not a request of HTTP/1.1 as the standard writes it.',
};

/** Answers, and closes the connection once what is still sent has come (rest.ts). */
export function answerMalformed({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
  const problem = problemBody(REFUSALS[code] ?? OTHERWISE);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    `content-type: ${PROBLEM_TYPE}`,
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
