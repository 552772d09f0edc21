/** Errors as every service answers them: RFC 9457, with a stable `code`, and a `detail` that tells a person what to do next. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Problem } from '@datamesh/contracts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** What is told of a problem. `title`: in place of the words that HTTP has for its status. */
export interface ProblemCause {
  status: number;
  code: string;
  detail: string;
  title?: string | undefined;
}

/** `requestId`: none where nothing could be read of the request. */
export function problemBody({ status, code, detail, title = STATUS_CODES[status] ?? 'Error' }: ProblemCause, requestId?: string): Problem {
  return { type: `urn:datamesh:problem:${code}`, title, status, code, detail, ...(requestId === undefined ? {} : { requestId }) };
}

/** Ends the answer. Nobody keeps a problem, and no browser takes it for anything else. */
export function writeProblem(response: ServerResponse, body: Problem): void {
  response.statusCode = body.status;
  response.setHeader('content-type', PROBLEM_TYPE);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.end(JSON.stringify(body));
}
