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

  /** The panel to ask: the wanted one; else one on the sender's channel; else the one that came last. */
  choose(intent: string, sender: Member, channel: string | null, target?: Target): IntentEntry {
    const able = [...this.#entries].filter((entry) => entry.intent === intent && entry.member.panel !== sender.panel);
    if (target?.instanceId) {
      const exact = able.find(({ member }) => member.panel === target.instanceId);
      if (!exact) throw new InteropError('TargetInstanceUnavailable', `panel "${target.instanceId}" does not answer ${intent}`);
      return exact;
    }
    const wanted = target ? able.filter(({ member }) => member.widget === target.appId) : able;
    const [first] = [...wanted].reverse().sort((a, b) => near(b, channel) - near(a, channel));
    if (first) return first;
    throw target
      ? new InteropError('TargetAppUnavailable', `no open panel of "${target.appId}" answers ${intent}`)
      : new InteropError('NoAppsFound', `no open panel answers ${intent}`);
  }
}

const near = (entry: IntentEntry, channel: string | null): number => (channel !== null && entry.channel() === channel ? 1 : 0);
