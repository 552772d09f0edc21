/** How many events one sender may bring in a minute: a person who is signed in, else an address. Trusted senders bring as many as they have. */
import type { ServerResponse } from 'node:http';
import { networkOf, type RateLimit, RateLimiter } from '@datamesh/service';
import type { RequestContext } from '../events/event';
import type { Caller } from '../identity/callers';
import { fitsKey } from '../sites/keys';
import type { Sites } from '../sites/site';

export class SenderLimits {
  readonly #person: RateLimiter;
  readonly #address: RateLimiter;

  constructor(
    limits: { person: RateLimit; address: RateLimit },
    private readonly sites: Sites,
  ) {
    this.#person = new RateLimiter('events-person', limits.person);
    this.#address = new RateLimiter('events-address', limits.address);
  }

  /** Seconds to wait where it is too much, else null; the answer's headers say what is left. A batch is taken whole or not at all. */
  async refuses(events: number, request: RequestContext, caller: Caller, response: ServerResponse): Promise<number | null> {
    const { key } = request;
    if (key !== null && [...this.sites.values()].some((site) => fitsKey(site, key))) return null;
    const [limiter, who] = caller.kind === 'user' ? [this.#person, caller.claims.sub] : [this.#address, networkOf(request.ip)];
    return limiter.spend(response, who, events);
  }
}
