/** One id for a request, through all services that it passes: in each answer, each problem and each line of a log. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const REQUEST_ID = 'x-request-id';

/** 8 to 64 letters, digits and hyphens: nothing else from outside gets into logs and answers. */
const PLAUSIBLE = /^[A-Za-z0-9-]{8,64}$/;

/** The one that came with it, where it is plausible, else a new one: another with each call. */
export function requestIdOf({ headers: { [REQUEST_ID]: given } }: Pick<IncomingMessage, 'headers'>): string {
  return typeof given === 'string' && PLAUSIBLE.test(given) ? given : randomUUID();
}
