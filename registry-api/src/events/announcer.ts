/** Events that only say "look again": whatever changes, one event for each team, at most once in `everyMs`. */
import { randomUUID } from 'node:crypto';
import type { RegistryEvent } from '@datamesh/contracts';
import { type Clock, isoTime } from '../clock';
import { type PendingEvent, teamOnly } from './pending';

/** For a team and admins: what they see of these widgets has changed. */
export const lookAgain = (type: RegistryEvent['type'], widgets: string[], team: string, clock: Clock): PendingEvent => ({
  id: randomUUID(),
  type,
  at: isoTime(clock),
  data: { widgets },
  audience: teamOnly(team),
});

export interface Announcer {
  /** Something that the widget's team may see has changed. The first change is told at once, later ones together. */
  changed(widget: string): void;
  /** Tells what waits; nothing is told after that. */
  stop(): Promise<void>;
}

export interface AnnouncerOptions {
  type: RegistryEvent['type'];
  /** The widget's team; null for a widget that nobody published: nothing is told. */
  teamOf(widget: string): Promise<string | null>;
  send(event: PendingEvent): Promise<void>;
  clock: Clock;
  /** It is tried again after `everyMs`. */
  onError(error: unknown): void;
  /** Milliseconds. */
  everyMs?: number;
}

export function createAnnouncer({ type, teamOf, send, clock, onError, everyMs = 1000 }: AnnouncerOptions): Announcer {
  let waiting = new Set<string>();
  let telling: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  async function tell(): Promise<void> {
    const widgets = [...waiting].sort();
    waiting = new Set();
    try {
      const teams = new Map<string, string[]>();
      for (const widget of widgets) {
        const team = await teamOf(widget);
        if (team !== null) teams.set(team, [...(teams.get(team) ?? []), widget]);
      }
      for (const [team, names] of teams) await send(lookAgain(type, names, team, clock));
    } catch (error) {
      // Some may be told twice then: looking again does no harm.
      for (const widget of widgets) waiting.add(widget);
      onError(error);
      schedule();
    }
  }

  function begin(): void {
    timer = null;
    toldAt = performance.now();
    telling = telling.then(tell);
  }

  function schedule(): void {
    if (!stopped) timer ??= setTimeout(begin, Math.max(0, toldAt + everyMs - performance.now()));
  }

  return {
    changed: (widget) => {
      if (stopped) return;
      waiting.add(widget);
      schedule();
    },
    stop: async () => {
      stopped = true;
      if (timer) {
        clearTimeout(timer);
        begin();
      }
      await telling;
    },
  };
}
