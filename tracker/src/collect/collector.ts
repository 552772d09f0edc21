/** From what a client sent to what is on disk: the ordered steps, each timed, each with its typed reasons to drop. */
import type { Caller } from '../identity/callers';
import type { Sessions } from '../identity/sessions';
import type { Visitors } from '../identity/visitors';
import type { Sites } from '../sites/site';
import type { EventLog } from '../spool/log';
import { allowedSite, refuseBot, refuseOptedOut } from './admission';
import type { Countries } from './countries';
import type { DropHistory } from './drop-history';
import { type Detail, Dropped, type DropReason, type Origin, type StoredEvent } from './event';
import { parseEvent, parseTestimony } from './parse';
import type { RecentIds } from './recent-ids';
import { foldedPath } from './spelling';
import type { StepTimes } from './step-times';
import { storedEvent } from './stored-event';
import type { UserAgents } from './user-agent';

export interface CollectorDeps {
  sites: Sites;
  visitors: Visitors;
  sessions: Sessions;
  userAgents: UserAgents;
  countries: Countries;
  recentIds: RecentIds;
  drops: DropHistory;
  log: EventLog;
  times: StepTimes;
  count(outcome: 'stored' | DropReason, events: number): void;
  countLost(detail: Detail, events: number): void;
}

export interface Outcome {
  stored: number;
  dropped: Partial<Record<DropReason, number>>;
  /** Of the stored ones: fields that were cut or left out, each with its events. */
  details: Partial<Record<Detail, number>>;
  /** Set when the log refused: nothing of this request was stored, and the client may come again. */
  refused: { reason: DropReason; retryAfterSeconds: number } | null;
}

const DUPLICATE = new Dropped('duplicate');

export class Collector {
  constructor(private readonly deps: CollectorDeps) {}

  /** Resolves when every event that passed the steps is acknowledged by the log, or refused by it. */
  async collect(raws: readonly unknown[], request: Origin, caller: Caller, defaultName = 'view'): Promise<Outcome> {
    const dropped: Outcome['dropped'] = {};
    const details: Outcome['details'] = {};
    const events: StoredEvent[] = [];
    const lost: { site: string; field: Detail }[] = [];
    const payloads: Buffer[] = [];
    // Of a batch, all are acknowledged or none: so the first of two equal ids stands for both.
    const inBatch = raws.length > 1 ? new Set<string>() : null;
    for (const raw of raws) {
      const taken = this.steps(raw, request, caller, defaultName, inBatch);
      if (taken instanceof Dropped) {
        dropped[taken.reason] = (dropped[taken.reason] ?? 0) + 1;
        continue;
      }
      const { event } = taken;
      for (const field of taken.lost) lost.push({ site: event.site_id, field });
      events.push(event);
      payloads.push(Buffer.from(JSON.stringify(event)));
    }
    let refused: Outcome['refused'] = null;
    if (payloads.length > 0) {
      // Nothing is waited for between the steps and this call: an erasure in between would miss what comes after it in the log.
      const result = await this.deps.log.append(payloads);
      if (result.ok) for (const { site_id: site, event_id: id } of events) this.deps.recentIds.add(site, id);
      else {
        refused = { reason: result.reason, retryAfterSeconds: result.retryAfterSeconds };
        dropped[result.reason] = events.length;
        for (const { site_id: site } of events) this.deps.drops.add(site, result.reason, 1);
      }
    }
    const stored = refused ? 0 : events.length;
    if (stored > 0) {
      this.deps.count('stored', stored);
      for (const { site, field } of lost) {
        details[field] = (details[field] ?? 0) + 1;
        this.deps.countLost(field, 1);
        this.deps.drops.addLost(site, field, 1);
      }
    }
    for (const [reason, count] of Object.entries(dropped)) this.deps.count(reason as DropReason, count);
    return { stored, dropped, details, refused };
  }

  /** A request that never got as far as an event; of a site, as far as anybody can tell. */
  refuse(reason: DropReason, site: unknown = null, events = 1): Outcome {
    this.deps.count(reason, events);
    this.remember(site, new Dropped(reason), events);
    return { stored: 0, dropped: { [reason]: events }, details: {}, refused: null };
  }

  private steps(
    raw: unknown,
    request: Origin,
    caller: Caller,
    defaultName: string,
    inBatch: Set<string> | null,
  ): { event: StoredEvent; lost: ReadonlySet<Detail> } | Dropped {
    const { times, sites, visitors, sessions, userAgents, countries } = this.deps;
    times.begin();
    const parsed = parseEvent(raw, request, defaultName);
    times.end('parse');
    if (parsed instanceof Dropped) return this.remember(siteNamedBy(raw), parsed);
    const drop = (reason: Dropped): Dropped => this.remember(parsed.site, reason);

    const site = allowedSite(parsed.site, request, sites);
    const said = request.key === null || site instanceof Dropped ? null : parseTestimony(raw, parsed, request);
    times.end('site');
    if (site instanceof Dropped) return drop(site);
    if (said instanceof Dropped) return drop(said);
    if (parsed.path !== null) parsed.path = foldedPath(parsed.path, site.fold);

    const bot = said ? null : refuseBot(site, request, userAgents);
    times.end('bot');
    if (bot) return drop(bot);

    const optedOut = said ? null : refuseOptedOut(request);
    times.end('privacy');
    if (optedOut) return drop(optedOut);

    const visitor = visitors.identify(site, caller, request, parsed.ts, said);
    times.end('visitor');
    if (visitor instanceof Dropped) return drop(visitor);

    const at = said ? parsed.ts : request.receivedAt;
    const session = sessions.of(site.id, visitor, at, request.receivedAt);
    times.end('session');

    const device = userAgents.of(said ? said.userAgent : request.userAgent);
    times.end('user_agent');

    const country = countries.of(request, said);
    times.end('country');

    const duplicate = this.isDuplicate(site.id, parsed.id, inBatch);
    times.end('deduplicate');
    if (duplicate) return drop(DUPLICATE);

    sessions.keep(session, at, request.receivedAt);
    return { event: storedEvent(parsed, request.receivedAt, session, device, country), lost: parsed.lost };
  }

  private isDuplicate(site: string, id: string, inBatch: Set<string> | null): boolean {
    if (this.deps.recentIds.has(site, id)) return true;
    if (inBatch === null) return false;
    const key = `${site}/${id}`;
    if (inBatch.has(key)) return true;
    inBatch.add(key);
    return false;
  }

  private remember(site: unknown, dropped: Dropped, events = 1): Dropped {
    if (typeof site === 'string' && this.deps.sites.has(site)) this.deps.drops.add(site, dropped.reason, events);
    return dropped;
  }
}

/** What a client says that its event is of, known or not. */
export const siteNamedBy = (raw: unknown): unknown => (typeof raw === 'object' && raw !== null && 'site' in raw ? raw.site : null);
