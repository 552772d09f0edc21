/** Every answer carries its request's id. */
import { REQUEST_ID, requestIdOf } from '@datamesh/service';
import type { RequestHandler } from 'express';

export const requestId: RequestHandler = (req, res, next) => {
  req.requestId = requestIdOf(req);
  req.caller = { kind: 'nobody' };
  res.set(REQUEST_ID, req.requestId);
  next();
};
