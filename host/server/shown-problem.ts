import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Problem } from '@datamesh/contracts';
import type { Response } from 'express';
import { sendNotice } from './notice';

/** Problems are small; whoever sends more than this has something else to say. */
const MAX_BYTES = 64 * 1024;

export const isProblem = ({ headers }: IncomingMessage): boolean =>
  /^application\/problem\+json(;|$)/.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined;

/** A service's problem, for somebody who opened its address in a window: the same status as a page, cookies and all. */
export function showProblem(
  incoming: IncomingMessage,
  response: Response,
  { status, headers }: { status: number; headers: OutgoingHttpHeaders },
): void {
  let text = '';
  incoming.setEncoding('utf8').on('data', (part: string) => {
    if (text.length < MAX_BYTES) text += part;
  });
  const show = (): void => {
    if (response.headersSent || response.destroyed) return;
    for (const name of ['set-cookie', 'retry-after', 'x-request-id'])
      if (headers[name] !== undefined) response.setHeader(name, headers[name]);
    sendNotice(response, { ...read(text), status });
  };
  incoming.on('end', show).on('error', show);
}

function read(text: string): Problem {
  const unknown = { type: 'about:blank', title: 'Error', status: 502, code: 'unexpected_answer', requestId: '' };
  try {
    const given = JSON.parse(text) as Partial<Problem>;
    return { ...unknown, ...given, ...(typeof given.detail === 'string' ? {} : { detail: 'The answer to this address is an error.' }) };
  } catch {
    return { ...unknown, detail: 'The answer to this address is an error.' };
  }
}
