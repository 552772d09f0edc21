/** Errors as RFC 9457 problem+json, with a stable code and a text that says what to do next. */
import type { ServerResponse } from 'node:http';
import { problemBody, REQUEST_ID, writeProblem } from '@datamesh/service';

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
  const id = response.getHeader(REQUEST_ID);
  writeProblem(response, problemBody({ status, code, detail }, typeof id === 'string' ? id : undefined));
}
