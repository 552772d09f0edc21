/** Errors as RFC 9457 problem+json, with a stable code and a text that says what to do next. */
import { type ServerResponse, STATUS_CODES } from 'node:http';

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export function sendProblem(response: ServerResponse, status: number, code: string, detail: string): void {
  const body = JSON.stringify({
    type: `urn:datamesh:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    requestId: response.getHeader('x-request-id'),
  });
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }).end(body);
}
