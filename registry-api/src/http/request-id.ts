/** Every answer carries x-request-id; an incoming one is kept when it has a harmless form, so that one id runs through all services. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

const harmless = /^[A-Za-z0-9-]{8,64}$/;

export const requestId: RequestHandler = (req, res, next) => {
  req.requestId = idOf(req);
  req.caller = { kind: 'nobody' };
  res.set('x-request-id', req.requestId);
  next();
};

export function idOf({ headers: { 'x-request-id': given } }: IncomingMessage): string {
  return typeof given === 'string' && harmless.test(given) ? given : randomUUID();
}
