/** What answering under /t/ takes. */
import type { Senders } from '../identity/senders';
import type { Collector } from './collector';
import type { Proxies } from './request';
import type { Script } from './script';
import type { SenderLimits } from './sender-limits';

export interface CollectDeps extends Proxies {
  collector: Collector;
  callers: Pick<Senders, 'identify'>;
  senders: SenderLimits;
  /** Origins of all sites. */
  origins: ReadonlySet<string>;
  script: Script;
  /** Milliseconds until all of a body must be there. */
  bodyWithin: number;
  now(): number;
}
