/** Step `visitor`: a name for whoever sent the event that leads back to nobody (daily) or only to the account (account). */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { networkOf } from '@datamesh/service';
import { LRUCache } from 'lru-cache';
import { Dropped, type RequestContext, type TrustedClaims } from '../events/event';
import type { Site } from '../sites/site';
import { readIfThere, writeDurably } from '../storage/durable-file';
import type { Caller } from './callers';
import { DailyNames } from './daily-names';
import type { Erasures } from './erasures';
import { dateOf, dayOf, Salts } from './salts';

export interface Visitor {
  id: string;
  /** The same person's name of the day before: a session may go on across midnight. Computed when asked for, which is seldom. */
  yesterday(): string | null;
}

const NOT_SIGNED_IN = new Dropped('not_signed_in');
const UNAVAILABLE = new Dropped('identity_unavailable');
const ERASED = new Dropped('privacy');
/** Of account sites, people whose id need not be computed again. */
const KEPT = 5000;

interface Account extends Visitor {
  /** The last erasure of this person: what happened before is not wanted, however late it arrives. */
  erased: { id: string; at: number } | null;
}

export class Visitors {
  private readonly salts: Salts;
  private readonly secrets = new Map<string, Buffer>();
  private readonly accounts = new LRUCache<string, Account>({ max: KEPT });
  private readonly daily = new DailyNames();
  /** New names of erased people under which nothing has been counted yet. */
  private readonly unused = new Set<string>();

  /** `folder` holds salts.json (two days) and a secret per site; nothing in it may be shared or backed up with the events. */
  constructor(
    private readonly folder: string,
    private readonly erasures: Pick<Erasures, 'erasedAt'>,
    private readonly report: (error: unknown) => void,
  ) {
    this.salts = new Salts(join(folder, 'salts.json'), report);
  }

  /** To be called now and then, traffic or not: salts whose time is over go. `elapsed` in milliseconds, by a clock that nobody sets. */
  forgetSalts(now: number, elapsed: number): void {
    const gone = this.salts.sweep(now, elapsed);
    this.daily.forget(elapsed, gone);
  }

  /** `said` is what a trusted sender reports, who then is not the visitor. */
  identify(site: Site, caller: Caller, request: RequestContext, ts: number, said: TrustedClaims | null): Visitor | Dropped {
    try {
      return this.identified(site, caller, request, ts, said);
    } catch (error) {
      // The site's secret cannot be written, or not be read: nobody is counted under a name that the next start would not know.
      this.report(error);
      return UNAVAILABLE;
    }
  }

  private identified(site: Site, caller: Caller, request: RequestContext, ts: number, said: TrustedClaims | null): Visitor | Dropped {
    if (site.identity === 'daily') {
      if (!said) return this.byAddress(site.id, dayOf(request.receivedAt), request, request.ip, request.userAgent);
      const day = Math.min(dayOf(ts), dayOf(request.receivedAt));
      if (said.visitor !== null) return this.bySendersName(site.id, day, said.visitor);
      return this.byAddress(site.id, day, request, said.ip ?? request.ip, said.userAgent);
    }
    if (said) return said.visitor === null ? NOT_SIGNED_IN : this.account(site.id, ts, 'sender', said.visitor);
    if (caller.kind === 'unavailable') return UNAVAILABLE;
    if (caller.kind === 'nobody') return NOT_SIGNED_IN;
    return this.account(site.id, ts, caller.claims.sub);
  }

  /**
   * What to erase so that nothing is known of this person, signed in and as trusted senders name them: the ids they are counted under now. Whom
   * nobody has counted since the last erasure is erased under that id once more, as of now, instead of using up another one.
   */
  idsOf(site: string, user: string): string[] {
    return [this.current(site, user), this.current(site, 'sender', user)].map(({ id, erased }) =>
      erased && this.unused.has(`${site}/${id}`) ? erased.id : id,
    );
  }

  /** After the erasure of these ids. */
  renew(site: string, user: string): void {
    this.accounts.clear();
    for (const { id } of [this.current(site, user), this.current(site, 'sender', user)]) this.unused.add(`${site}/${id}`);
  }

  private account(site: string, ts: number, ...person: string[]): Visitor | Dropped {
    const key = [site, ...person].join('\0');
    let account = this.accounts.get(key);
    if (!account) {
      account = this.current(site, ...person);
      this.unused.delete(`${site}/${account.id}`);
      this.accounts.set(key, account);
    }
    return account.erased !== null && ts < account.erased.at ? ERASED : account;
  }

  /** A person begins anew after each erasure: the first id that is not erased. */
  private current(site: string, ...person: string[]): Account {
    const secret = this.secretOf(site);
    let erased: Account['erased'] = null;
    for (let generation = 0; ; generation++) {
      const id = hash(secret, site, ...person, ...(generation === 0 ? [] : ['generation', String(generation)]));
      const at = this.erasures.erasedAt(site, id);
      if (at === null) return { id, yesterday: never, erased };
      erased = { id, at };
    }
  }

  /** The name given by a trusted sender is as good a name tomorrow: on a daily site it counts together with its day. */
  private bySendersName(site: string, day: number, name: string): Visitor {
    const secret = this.secretOf(site);
    const of = (when: number): string => hash(secret, site, 'sender', name, dateOf(when));
    return { id: of(day), yesterday: () => of(day - 1) };
  }

  /** Of days whose salt is gone, an address is hashed under today's: that leads nowhere either once it is gone. */
  private byAddress(site: string, day: number, request: RequestContext, ip: string, userAgent: string): Visitor {
    const today = this.salts.of(dayOf(request.receivedAt));
    const network = networkOf(ip);
    const of = (when: number): string => {
      const salt = this.salts.known(when);
      return salt ? hash(salt, site, network, userAgent) : hash(today, site, network, userAgent, dateOf(when));
    };
    return {
      id: this.daily.of([site, String(day), String(dayOf(request.receivedAt)), network, userAgent].join('\0'), () => of(day)),
      // Without a salt of yesterday there was nobody yesterday, unless history is being told.
      yesterday: () => (this.salts.known(day - 1) || day < dayOf(request.receivedAt) ? of(day - 1) : null),
    };
  }

  private secretOf(site: string): Buffer {
    const known = this.secrets.get(site);
    if (known) return known;
    const file = join(this.folder, `${site}.key`);
    let text = readIfThere(file);
    if (text === null) {
      text = randomBytes(32).toString('base64');
      writeDurably(file, text);
    }
    const secret = Buffer.from(text, 'base64');
    this.secrets.set(site, secret);
    return secret;
  }
}

const never = (): null => null;

const hash = (key: string | Buffer, ...parts: string[]): string =>
  createHmac('sha256', key).update(parts.join('\0')).digest('base64url').slice(0, 22);
