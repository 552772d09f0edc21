/** What open pages hear on `/development/events`; host/src/development/channel.ts acts on it. */
export interface Told {
  /** Those of the build that is served; each has a hash of its content in its name. */
  scripts: readonly string[];
  /** Hashes of the style sheets, by name: their names stay when they change. */
  styles: Readonly<Record<string, string>>;
  /** What does not build or start; the last that did goes on. */
  faults: readonly { part: string; fault: string }[];
}
