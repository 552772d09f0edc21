/** The steps that an event goes through, in their order: each finds something out, or says why the event is dropped. */
import { Dropped, type RequestContext, type TrustedClaims } from '../events/event';
import type { Caller } from '../identity/callers';
import type { Session } from '../identity/session';
import type { Sessions } from '../identity/sessions';
import type { Visitor, Visitors } from '../identity/visitors';
import type { Site, Sites } from '../sites/site';
import { allowedSite, refuseBot, refuseOptedOut } from './admission';
import type { Countries } from './countries';
import { type ParsedEvent, parseEvent, parseTrustedClaims } from './parse';
import type { RecentIds } from './recent-ids';
import { foldedPath } from './spelling';
import type { Device, UserAgents } from './user-agent';

export interface StepDeps {
  sites: Sites;
  visitors: Visitors;
  sessions: Sessions;
  userAgents: UserAgents;
  countries: Countries;
  recentIds: RecentIds;
}

/** An event on its way; what a step finds out is there for those behind it. */
export class EventInProgress {
  parsed!: ParsedEvent;
  site!: Site;
  /** null where the sender is not trusted with any. */
  claims: TrustedClaims | null = null;
  visitor!: Visitor;
  session!: Session;
  device!: Device;
  country: string | null = null;

  constructor(
    readonly raw: unknown,
    readonly request: RequestContext,
    readonly caller: Caller,
    readonly defaultName: string,
    /** Ids of the batch so far; null where it is alone. */
    readonly inBatch: Set<string> | null,
  ) {}

  /** What its session goes by: a trusted sender's time, or when it came. */
  get at(): number {
    return this.claims ? this.parsed.ts : this.request.receivedAt;
  }
}

type Step = (event: EventInProgress, deps: StepDeps) => Dropped | null;

const parse: Step = (event) => {
  const parsed = parseEvent(event.raw, event.request, event.defaultName);
  if (parsed instanceof Dropped) return parsed;
  event.parsed = parsed;
  return null;
};

const site: Step = (event, { sites }) => {
  const { parsed, raw, request } = event;
  const allowed = allowedSite(parsed.site, request, sites);
  if (allowed instanceof Dropped) return allowed;
  event.site = allowed;
  const claims = request.key === null ? null : parseTrustedClaims(raw, parsed, request);
  if (claims instanceof Dropped) return claims;
  event.claims = claims;
  if (parsed.path !== null) parsed.path = foldedPath(parsed.path, allowed.fold);
  return null;
};

const bot: Step = ({ claims, site: its, request }, { userAgents }) => (claims ? null : refuseBot(its, request, userAgents));

const privacy: Step = ({ claims, request }) => (claims ? null : refuseOptedOut(request));

const visitor: Step = (event, { visitors }) => {
  const found = visitors.identify(event.site, event.caller, event.request, event.parsed.ts, event.claims);
  if (found instanceof Dropped) return found;
  event.visitor = found;
  return null;
};

const session: Step = (event, { sessions }) => {
  event.session = sessions.of(event.site.id, event.visitor, event.at, event.request.receivedAt);
  return null;
};

const userAgent: Step = (event, { userAgents }) => {
  event.device = userAgents.of(event.claims ? event.claims.userAgent : event.request.userAgent);
  return null;
};

const country: Step = (event, { countries }) => {
  event.country = countries.of(event.request, event.claims);
  return null;
};

const DUPLICATE = new Dropped('duplicate');

const deduplicate: Step = ({ parsed, site: { id }, inBatch }, { recentIds }) => {
  if (parsed.isIdNew) return null;
  if (recentIds.has(id, parsed.id)) return DUPLICATE;
  if (inBatch === null) return null;
  const key = `${id}/${parsed.id}`;
  if (inBatch.has(key)) return DUPLICATE;
  inBatch.add(key);
  return null;
};

export const STEPS = [
  ['parse', parse],
  ['site', site],
  ['bot', bot],
  ['privacy', privacy],
  ['visitor', visitor],
  ['session', session],
  ['user_agent', userAgent],
  ['country', country],
  ['deduplicate', deduplicate],
] as const satisfies readonly (readonly [name: string, run: Step])[];

/** As metrics name them. */
export type StepName = (typeof STEPS)[number][0];
