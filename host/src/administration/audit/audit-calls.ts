import type { AuditEntry, AuditVerification, UnreadableAuditEntry } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import type { Fetched } from '../../pages/use-pages';

export interface AuditFilters {
  actor: string;
  action: string;
  subject: string;
  /** As the field for it has them: local time without a zone, or nothing. */
  from: string;
  to: string;
}

export const noFilters: AuditFilters = { actor: '', action: '', subject: '', from: '', to: '' };

const names = Object.keys(noFilters) as (keyof AuditFilters)[];

/** From the address, so that it can be sent to somebody. */
export function filtersIn(search: string): AuditFilters {
  const params = new URLSearchParams(search);
  return Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as unknown as AuditFilters;
}

export function searchOf(filters: AuditFilters): string {
  const given = names.flatMap((name) => (filters[name].trim() === '' ? [] : [[name, filters[name].trim()]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** Whoever types a name's id alone means a person. */
const actorOf = (text: string): string => (/^[a-z]+:/.test(text) ? text : `user:${text}`);

export function queryOf(filters: AuditFilters): Partial<Record<keyof AuditFilters, string>> {
  const { actor, action, subject, from, to } = filters;
  const instant = (text: string): string | undefined =>
    text === '' || Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
  const asked = {
    actor: actor.trim() && actorOf(actor.trim()),
    action: action.trim(),
    subject: subject.trim(),
    from: instant(from),
    to: instant(to),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
}

const PAGE = 50;
/** Answers in a row that may have nothing in them, each after as much as one answer looks at. */
const TURNS = 20;

export interface AuditPage extends Fetched<AuditEntry | UnreadableAuditEntry> {
  /** By `user:<id>`: what people are called. */
  names: Record<string, string>;
}

/** The next page. Of a rare one in a long log an answer may have nothing but where to go on. */
export async function findEntries(filters: AuditFilters, cursor: string | null, signal: AbortSignal): Promise<AuditPage> {
  let next = cursor;
  for (let turn = 0; ; turn++) {
    const query = { ...queryOf(filters), limit: PAGE, ...(next ? { cursor: next } : {}) };
    const page = await ask(api.GET('/audit', { params: { query }, signal }));
    if (page.items.length > 0 || page.next === null || turn === TURNS) return page;
    next = page.next;
  }
}

export const readVerification = (): Promise<AuditVerification> => ask(api.GET('/audit/verification'));

/** Begins to read the whole log. */
export const beginVerification = (): Promise<AuditVerification> =>
  ask(api.POST('/audit/verification', { params: { query: { wait: false } } }));
