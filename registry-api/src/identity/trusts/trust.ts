/** What a team lets a workload do in its name, and whether it may. Pure. */
import type { WorkloadAction } from '@datamesh/contracts';
import { problem } from '../../http/problem';
import type { Workload } from '../workload/verify';
import { matches } from './pattern';

export interface Trust {
  id: string;
  team: string;
  /** null: each widget of the team. */
  widget: string | null;
  issuer: string;
  /** Pattern of the token's `sub`. */
  subject: string;
  /** Patterns of further claims by their path, such as `kubernetes.io.namespace` or `ref`. */
  claims: Record<string, string>;
  may: WorkloadAction[];
  /** Channels that `register` and `promote` may move. */
  channels: string[];
  /** As the audit log keeps who made it. */
  createdBy: string;
  /** ISO 8601. */
  createdAt: string;
}

export interface RequestedAction {
  widget: string;
  action: WorkloadAction;
  /** null where the action moves none. */
  channel: string | null;
}

export function covers(trust: Trust, workload: Workload, { widget, action, channel }: RequestedAction): boolean {
  return (
    trust.issuer === workload.issuer &&
    (trust.widget === null || trust.widget === widget) &&
    trust.may.includes(action) &&
    (channel === null || trust.channels.includes(channel)) &&
    matches(trust.subject, workload.subject) &&
    Object.entries(trust.claims).every(([path, pattern]) => {
      const value = claimAt(workload.claims, path);
      return value !== undefined && matches(pattern, value);
    })
  );
}

/** 403 with what would have to be trusted, in words that an owner can act on. */
export const notTrusted = (team: string, { issuer, subject }: Workload, { widget, action, channel }: RequestedAction) =>
  problem(
    403,
    'workload_not_trusted',
    `The team ${team} does not trust ${subject} of ${issuer} to ${action} ${widget}${channel === null ? '' : ` on ${channel}`}; ` +
      'one of its publishers can: datamesh trust add',
  );

/**
 * A claim by its path. Names of claims hold dots themselves (`kubernetes.io`): the longest name that is there is taken at each level.
 * Only texts, numbers and booleans can be compared.
 */
export function claimAt(claims: unknown, path: string): string | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined;
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.');
    if (!Object.hasOwn(claims, name)) continue;
    const value = (claims as Record<string, unknown>)[name];
    if (length < parts.length) return claimAt(value, parts.slice(length).join('.'));
    return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
  }
  return undefined;
}
