/** Bodies are trees that validators and rooms walk by recursion: one that is nested absurdly deep is refused before anything walks it. */
import type { RequestHandler } from 'express';
import { problem } from './problem';

/** Far deeper than any layout, settings schema or context has a reason to be. */
export const deepest = 100;

export const refuseDeepBody: RequestHandler = (req, _res, next) => {
  if (isDeeperThan(req.body, deepest)) throw problem(400, 'body_too_deep', `A JSON body may be nested ${deepest} deep`);
  next();
};

/** Level by level, so that it never recurses itself. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
