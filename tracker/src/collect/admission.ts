/** Steps `site`, `bot` and `privacy`: may this be counted at all? */

import { Dropped, type RequestContext } from '../events/event';
import { fitsKey } from '../sites/keys';
import type { Site, Sites } from '../sites/site';
import type { UserAgents } from './user-agent';

const UNKNOWN = new Dropped('unknown_site');
const FOREIGN = new Dropped('origin_not_allowed');
const KEY_REFUSED = new Dropped('key_refused');
const BOT = new Dropped('bot');
const PRIVACY = new Dropped('privacy');

/**
 * A key that fits makes the sender a trusted one, whatever its origin. A request without Origin and Referer passes: a referrer policy may hide
 * both, and neither proves anything outside a browser.
 */
export function allowedSite(id: string, request: RequestContext, sites: Sites): Site | Dropped {
  const site = sites.get(id);
  if (!site) return UNKNOWN;
  if (request.key !== null) return fitsKey(site, request.key) ? site : KEY_REFUSED;
  if (request.origin !== null && !site.origins.includes(request.origin)) return FOREIGN;
  return site;
}

/** On account sites the sign-in says who it is, and a company may well drive its own dashboard by a headless browser. */
export function refuseBot(site: Site, request: RequestContext, userAgents: UserAgents): Dropped | null {
  return site.identity === 'daily' && userAgents.of(request.userAgent).bot ? BOT : null;
}

export const refuseOptedOut = (request: RequestContext): Dropped | null => (request.optedOut ? PRIVACY : null);
