import { InteropError } from './errors';
import type { Member } from './types';

export interface IntentEntry {
  intent: string;
  member: Member;
  handler(context: unknown, metadata: unknown): unknown;
  /** The user channel its panel is on right now. */
  channel(): string | null;
}

export interface Target {
  appId: string;
  instanceId?: string;
}

/** Which open panels answer which intent. */
export class Intents {
  readonly #entries = new Set<IntentEntry>();

  add(entry: IntentEntry): () => void {
    this.#entries.add(entry);
    return () => this.#entries.delete(entry);
  }

  /**
   * The panel to ask: the wanted one; else one on the sender's channel; else the one that came last. A panel whose widget.json says which
   * contexts it answers an intent about is not asked about any other.
   */
  choose(intent: string, context: string, sender: Member, channel: string | null, target?: Target): IntentEntry {
    const entries = [...this.#entries].filter(({ member }) => member.panel !== sender.panel);
    const meant = entries.filter(({ member }) => isTarget(member, target));
    if (target && meant.length === 0)
      throw target.instanceId
        ? new InteropError('TargetInstanceUnavailable', `there is no panel "${target.instanceId}" that answers intents`)
        : new InteropError('TargetAppUnavailable', `no open panel of "${target.appId}" answers intents`);
    const able = meant.filter((entry) => entry.intent === intent && isAbout(entry, context));
    const [first] = able.reverse().sort((a, b) => near(b, channel) - near(a, channel));
    if (first) return first;
    throw new InteropError('NoAppsFound', `no open panel answers ${intent} about ${context}`);
  }
}

const isTarget = ({ panel, widget }: Member, target: Target | undefined): boolean =>
  !target || (target.instanceId ? panel === target.instanceId : widget === target.appId);

/** A widget that does not declare the intent takes what comes. */
function isAbout({ intent, member }: IntentEntry, context: string): boolean {
  const declared = member.intents?.find(({ name }) => name === intent);
  return !declared || declared.contexts.includes(context);
}

const near = (entry: IntentEntry, channel: string | null): number => (channel !== null && entry.channel() === channel ? 1 : 0);
