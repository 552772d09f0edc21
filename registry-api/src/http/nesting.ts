/** Bodies are trees that validators and rooms walk by recursion: one that is nested absurdly deep is refused before anything walks it. */
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';
import type { RequestHandler } from 'express';
import { problem } from './problem';

export const refuseDeepBody: RequestHandler = (req, _res, next) => {
  if (isDeeperThan(req.body, deepest)) throw problem(400, 'body_too_deep', `A JSON body may be nested ${deepest} deep`);
  next();
};
