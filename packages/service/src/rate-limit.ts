/** How much one client may do in a while: counted in this process, told in the headers of draft-ietf-httpapi-ratelimit-headers. */
import type { ServerResponse } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** What is counted (requests, events) in one window; null: no limit. */
  quota: number | null;
  /** Seconds. */
  window: number;
}

export interface Allowance {
  allowed: boolean;
  remaining: number;
  /** Seconds until the window ends, whole. */
  reset: number;
}

export class RateLimiter {
  readonly #limiter: RateLimiterMemory | null;
  readonly #policy: string;

  /** `name` stands in the headers, so that a client can tell one limit from another. */
  constructor(
    readonly name: string,
    { quota, window }: RateLimit,
  ) {
    this.#limiter = quota === null ? null : new RateLimiterMemory({ points: quota, duration: window });
    this.#policy = `"${name}";q=${quota};w=${window}`;
  }

  /** Takes `points` from what `key` has left; null where there is no limit. More than is left is not taken in part. */
  async take(key: string, points = 1): Promise<Allowance | null> {
    if (this.#limiter === null) return null;
    try {
      return allowance(await this.#limiter.consume(key, points), true);
    } catch (error) {
      if (error instanceof RateLimiterRes) return allowance(error, false);
      throw error;
    }
  }

  /** Takes, and says in the answer's headers what is left. -> seconds to wait where it is refused, else null. */
  async spend(response: ServerResponse, key: string, points = 1): Promise<number | null> {
    const allowance = await this.take(key, points);
    if (allowance) this.setHeaders(response, allowance);
    return allowance === null || allowance.allowed ? null : allowance.reset;
  }

  /** `RateLimit`, `RateLimit-Policy`, and `Retry-After` where it is refused. */
  setHeaders(response: ServerResponse, { allowed, remaining, reset }: Allowance): void {
    response.setHeader('ratelimit-policy', this.#policy);
    response.setHeader('ratelimit', `"${this.name}";r=${remaining};t=${reset}`);
    if (!allowed) response.setHeader('retry-after', String(reset));
  }
}

const allowance = ({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Allowance => ({
  allowed,
  remaining: Math.max(0, remainingPoints),
  reset: Math.max(1, Math.ceil(msBeforeNext / 1000)),
});
