/** From what a client sent to what is on disk: the ordered steps, each timed, each with its typed reasons to drop. */
import type { Caller } from '../identity/callers';
import type { Sessions } from '../identity/sessions';
import type { Visitors } from '../identity/visitors';
import type { Sites } from '../sites/site';
import type { EventLog } from '../spool/log';
import { allowedSite, refuseBot, refuseOptedOut } from './admission';
import { Dropped, type DropReason, type Origin, type StoredEvent } from './event';
import { parseEvent } from './parse';
import type { UserAgents } from './user-agent';

export type StepName = 'parse' | 'site' | 'bot' | 'privacy' | 'visitor' | 'session' | 'user_agent';

export interface CollectorDeps {
  sites: Sites;
  visitors: Visitors;
  sessions: Sessions;
  userAgents: UserAgents;
  log: EventLog;
  /** Runs one step and records how long it took. */
  timed<T>(step: StepName, run: () => T): T;
  count(outcome: 'stored' | DropReason, events: number): void;
}

export interface Outcome {
  stored: number;
  dropped: Partial<Record<DropReason, number>>;
  /** Set when the log refused: nothing of this request was stored, and the client may come again. */
  refused: { reason: DropReason; retryAfterSeconds: number } | null;
}

export class Collector {
  constructor(private readonly deps: CollectorDeps) {}

  /** Resolves when every event that passed the steps is acknowledged by the log, or refused by it. */
  async collect(raws: readonly unknown[], request: Origin, caller: Caller, defaultName = 'view'): Promise<Outcome> {
    const dropped: Outcome['dropped'] = {};
    const payloads: Buffer[] = [];
    for (const raw of raws) {
      const event = this.steps(raw, request, caller, defaultName);
      if (event instanceof Dropped) dropped[event.reason] = (dropped[event.reason] ?? 0) + 1;
      else payloads.push(Buffer.from(JSON.stringify(event)));
    }
    let refused: Outcome['refused'] = null;
    if (payloads.length > 0) {
      const result = await this.deps.log.append(payloads);
      if (!result.ok) {
        refused = { reason: result.reason, retryAfterSeconds: result.retryAfterSeconds };
        dropped[result.reason] = payloads.length;
      }
    }
    const stored = refused ? 0 : payloads.length;
    if (stored > 0) this.deps.count('stored', stored);
    for (const [reason, events] of Object.entries(dropped)) this.deps.count(reason as DropReason, events);
    return { stored, dropped, refused };
  }

  /** A request that never got as far as an event. */
  refuse(reason: DropReason): Outcome {
    this.deps.count(reason, 1);
    return { stored: 0, dropped: { [reason]: 1 }, refused: null };
  }

  private steps(raw: unknown, request: Origin, caller: Caller, defaultName: string): StoredEvent | Dropped {
    const { timed, sites, visitors, sessions, userAgents } = this.deps;
    const parsed = timed('parse', () => parseEvent(raw, request, defaultName));
    if (parsed instanceof Dropped) return parsed;
    const site = timed('site', () => allowedSite(parsed.site, request, sites));
    if (site instanceof Dropped) return site;
    const bot = timed('bot', () => refuseBot(site, request, userAgents));
    if (bot) return bot;
    const optedOut = timed('privacy', () => refuseOptedOut(request));
    if (optedOut) return optedOut;
    const visitor = timed('visitor', () => visitors.identify(site, caller, request));
    if (visitor instanceof Dropped) return visitor;
    const visit = timed('session', () => sessions.touch(site.id, visitor, request.receivedAt));
    const device = timed('user_agent', () => userAgents.of(request.userAgent));
    return {
      event_id: parsed.id,
      site_id: site.id,
      received_ts: request.receivedAt,
      ts: parsed.ts,
      event_name: parsed.name,
      path: parsed.path,
      host: parsed.host,
      referrer: parsed.referrer,
      utm_source: parsed.utmSource,
      utm_medium: parsed.utmMedium,
      utm_campaign: parsed.utmCampaign,
      visitor_id: visit.visitor,
      session_id: visit.session,
      country: null,
      browser: device.browser,
      os: device.os,
      device: device.device,
      widget: parsed.widget,
      widget_version: parsed.widgetVersion,
      panel_id: parsed.panelId,
      layout_id: parsed.layoutId,
      dwell_ms: parsed.dwellMs,
      props: parsed.props,
    };
  }
}
