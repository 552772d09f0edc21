import type { Problem } from '@datamesh/contracts';
import { problemBody, writeProblem } from '@datamesh/service';
import type { Response } from 'express';
import { isNavigation, sendNotice } from './notice';

/** Every refusal of the edge itself; the services answer with codes of their own. */
const PROBLEMS = {
  host_unknown: [421, 'This server does not answer for that host'],
  host_ambiguous: [400, 'There is more than one Host'],
  header_too_large: [431, 'A header is too long'],
  path_refused: [400, 'This path is not accepted'],
  worker_refused: [403, 'No worker is started from here'],
  origin_refused: [403, 'Writes are accepted from the dashboard itself only'],
  not_found: [404, 'There is nothing here'],
  method_not_allowed: [405, 'This method is not available here'],
  session_unknown: [401, 'Sign in first'],
  source_unknown: [404, 'No such data source'],
  source_not_yours: [403, 'This data source is for other departments'],
  rate_limited: [429, 'That is more than one person may ask for'],
  data_not_found: [404, 'The source has no such data'],
  upstream_unavailable: [502, 'The service behind this path does not answer'],
  upstream_refused: [502, 'The data source gave an answer that is not passed on'],
  upstream_timeout: [504, 'The service behind this path took too long'],
  not_ready: [503, 'Not ready'],
  stopping: [503, 'About to stop'],
  internal_error: [500, 'Something went wrong here'],
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

export function problemOf(code: ProblemCode, detail: string, requestId: string): Problem {
  const [status, title] = PROBLEMS[code];
  return problemBody({ status, code, detail, title }, requestId);
}

/** `detail` tells a person what to do next. Whoever looks at the answer in a window gets a page of it. */
export function sendProblem(response: Response, code: ProblemCode, detail: string): void {
  const body = problemOf(code, detail, String(response.locals['requestId'] ?? ''));
  if (isNavigation(response.req)) sendNotice(response, body);
  else {
    // In a window it would have been a page.
    response.vary('accept');
    writeProblem(response, body);
  }
}
