/** How often one person may ask in a minute: the limiter (query-limiter.ts) keeps many questions from being asked at once, this keeps them from coming for ever. */
import { type RateLimit, RateLimiter } from '@datamesh/service';
import type { RequestHandler } from 'express';
import { ProblemError } from '../http/problem';
import { claimsOf } from '../identity/authenticate';

/** Behind `authenticate`. 429 `rate_limited` with `Retry-After`; every answer says what is left. */
export function limitQuestions(limit: RateLimit): RequestHandler {
  const limiter = new RateLimiter('questions', limit);
  return async (_request, response, next) => {
    const wait = await limiter.spend(response, claimsOf(response).sub);
    if (wait !== null)
      throw new ProblemError(429, 'rate_limited', `That is more than one person may ask in a minute; go on in ${wait} seconds.`);
    next();
  };
}
