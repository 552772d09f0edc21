/** Which versions of which widgets run in dashboards that are open now. Whose they are is not kept. */

export interface RunningWidget {
  name: string;
  version: string;
}

export interface OpenDashboard {
  /** Of one page of one session; says neither. */
  id: string;
  /** Each name and version once. */
  widgets: readonly RunningWidget[];
  /** When it was last heard of, milliseconds since the epoch. */
  at: number;
}

export interface OpenDashboardStore {
  /** Writes what a dashboard runs now, in place of what it ran. -> what it ran before, nothing for a new one. */
  report(dashboard: OpenDashboard): Promise<RunningWidget[]>;
  /** -> what it ran; nothing where it is not there. */
  close(id: string): Promise<RunningWidget[]>;
  /** Versions of a widget by the number of dashboards that run them and were heard of at or after `since`, most first. */
  count(widget: string, since: number): Promise<{ version: string; dashboards: number }[]>;
  /** Forgets those that were last heard of before. -> names of the widgets that they ran. */
  forget(before: number): Promise<string[]>;
}
