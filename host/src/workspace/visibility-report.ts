import type { PanelReport } from './types';

/** Tells `visible` and `hidden` in pairs, for what a person can really look at, with how long it was there. */
export class VisibilityReport {
  #seen: { version: string; since: number } | undefined;

  constructor(private readonly report: (kind: PanelReport['kind'], rest: { ms?: number; version: string }) => void) {}

  /** The version on the screen, or undefined while there is none. */
  set(version: string | undefined): void {
    if (version === this.#seen?.version) return;
    if (this.#seen) this.report('hidden', { ms: performance.now() - this.#seen.since, version: this.#seen.version });
    this.#seen = version === undefined ? undefined : { version, since: performance.now() };
    if (version !== undefined) this.report('visible', { version });
  }
}
