/** Events that only say "look again": whatever changes, told together, at most once in `everyMs`. */
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

/** One for each team, of its own widgets. `teamOf`: null for a widget that nobody published, of which nothing is told. */
export const toTeams =
  (type: RegistryEvent['type'], teamOf: (widget: string) => Promise<string | null>, clock: Clock) =>
  async (widgets: readonly string[]): Promise<PendingEvent[]> => {
    const teams = new Map<string, string[]>();
    for (const widget of widgets) {
      const team = await teamOf(widget);
      if (team !== null) teams.set(team, [...(teams.get(team) ?? []), widget]);
    }
    return [...teams].map(([team, names]) => lookAgain(type, names, team, clock));
  };

export interface Announcer {
  /** Something about it has changed. The first change is told at once, later ones together. */
  changed(what: string): void;
  /** Tells what waits; nothing is told after that. */
  stop(): Promise<void>;
}

export interface AnnouncerOptions {
  /** What is told of all that changed, which is sorted. */
  eventsOf(changed: readonly string[]): Promise<readonly PendingEvent[]>;
  send(event: PendingEvent): Promise<void>;
  /** It is tried again after `everyMs`. */
  onError(error: unknown): void;
  /** Milliseconds. */
  everyMs?: number;
}

export function createAnnouncer({ eventsOf, send, onError, everyMs = 1000 }: AnnouncerOptions): Announcer {
  let waiting = new Set<string>();
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let stopped = false;

  async function flush(): Promise<void> {
    const all = [...waiting].sort();
    waiting = new Set();
    try {
      for (const event of await eventsOf(all)) await send(event);
    } catch (error) {
      // Some may be told twice then: looking again does no harm.
      for (const one of all) waiting.add(one);
      onError(error);
      schedule();
    }
  }

  function begin(): void {
    timer = null;
    flushedAt = performance.now();
    flushing = flushing.then(flush);
  }

  function schedule(): void {
    if (!stopped) timer ??= setTimeout(begin, Math.max(0, flushedAt + everyMs - performance.now()));
  }

  return {
    changed: (what) => {
      if (stopped) return;
      waiting.add(what);
      schedule();
    },
    stop: async () => {
      stopped = true;
      if (timer) {
        clearTimeout(timer);
        begin();
      }
      await flushing;
    },
  };
}
