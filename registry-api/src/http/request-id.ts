/** Every answer carries x-request-id; an incoming one is kept when it has a harmless form, so that one id runs through all services. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const harmless = /^[A-Za-z0-9-]{8,64}$/;

export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  req.requestId = given && harmless.test(given) ? given : randomUUID();
  req.caller = { kind: 'nobody' };
  res.set('x-request-id', req.requestId);
  next();
};
