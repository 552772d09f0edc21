/** Step `visitor`: a name for whoever sent the event that leads back to nobody (daily) or only to the account (account). */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Dropped, type Origin } from '../collect/event';
import type { Site } from '../sites/site';
import { readIfThere, writeDurably } from '../storage/durable-file';
import type { Caller } from './callers';

export interface Visitor {
  id: string;
  /** The same person's name by yesterday's salt: a session may go on across midnight. Computed when asked for, which is seldom. */
  yesterday(): string | null;
}

const NOT_SIGNED_IN = new Dropped('not_signed_in');
const UNAVAILABLE = new Dropped('identity_unavailable');
const DAY = 86_400_000;

export class Visitors {
  private salts: Record<string, string>;
  private readonly secrets = new Map<string, Buffer>();
  private readonly saltFile: string;

  /** `folder` holds salts.json (two days) and one secret per account site; nothing in it may be shared or backed up with the events. */
  constructor(
    private readonly folder: string,
    private readonly report: (error: unknown) => void,
  ) {
    this.saltFile = join(folder, 'salts.json');
    this.salts = JSON.parse(readIfThere(this.saltFile) ?? '{}') as Record<string, string>;
  }

  identify(site: Site, caller: Caller, request: Origin): Visitor | Dropped {
    if (site.identity === 'account') {
      if (caller.kind === 'unavailable') return UNAVAILABLE;
      if (caller.kind === 'nobody') return NOT_SIGNED_IN;
      return { id: hash(this.secretOf(site.id), site.id, caller.claims.sub), yesterday: () => null };
    }
    const today = Math.floor(request.receivedAt / DAY);
    const salt = this.salts[dateOf(today)] ?? this.rotate(dateOf(today), dateOf(today - 1));
    return {
      id: hash(salt, site.id, request.ip, request.userAgent),
      yesterday: () => {
        const old = this.salts[dateOf(today - 1)];
        return old ? hash(old, site.id, request.ip, request.userAgent) : null;
      },
    };
  }

  /** Today's salt is new, yesterday's stays for the sessions across midnight, anything older is gone for good. */
  private rotate(today: string, yesterday: string): string {
    const salt = randomBytes(32).toString('base64');
    const old = this.salts[yesterday];
    this.salts = { ...(old ? { [yesterday]: old } : {}), [today]: salt };
    try {
      writeDurably(this.saltFile, JSON.stringify(this.salts));
    } catch (error) {
      // A full disk must not stop the counting: the salt lives in memory, and a restart today would see new visitors.
      this.report(error);
    }
    return salt;
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

const hash = (key: string | Buffer, ...parts: string[]): string =>
  createHmac('sha256', key).update(parts.join('\0')).digest('base64url').slice(0, 22);

/** Days since the epoch as a date; the last one is remembered, as nearly all events are of one day. */
let remembered = { day: -1, date: '' };
function dateOf(day: number): string {
  if (remembered.day !== day) remembered = { day, date: new Date(day * DAY).toISOString().slice(0, 10) };
  return remembered.date;
}
