export interface RunningWidget {
  name: string;
  version: string;
}

export interface RunningReportPorts {
  /** Of every panel that runs. */
  running(): readonly RunningWidget[];
  send(widgets: RunningWidget[]): Promise<void>;
  /** Milliseconds. */
  now(): number;
}

/** The registry takes so many. */
const MAX_PANELS = 200;
/** Milliseconds: what the registry asks for (`againSeconds`). */
const AGAIN = 60_000;

/** Milliseconds before a failure is tried again. */
const PAUSE = 15_000;

/** What runs in this page, told when it is not what was told before, and once a minute. */
export class RunningReport {
  #reported: string | null = null;
  #againAt = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #sending = false;

  constructor(private readonly ports: RunningReportPorts) {}

  /** The registry does not know of it any more: the next look tells it. */
  forget(): void {
    this.#reported = null;
  }

  async look(): Promise<void> {
    if (this.#sending || this.ports.now() < this.#pausedUntil) return;
    const widgets = [...new Map(this.ports.running().map((widget) => [`${widget.name}@${widget.version}`, widget])).values()]
      .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version))
      .slice(0, MAX_PANELS);
    const words = JSON.stringify(widgets);
    if (words === this.#reported && this.ports.now() < this.#againAt) return;
    this.#sending = true;
    try {
      await this.ports.send(widgets);
      this.#reported = words;
      this.#againAt = this.ports.now() + AGAIN;
    } catch {
      this.#pausedUntil = this.ports.now() + PAUSE;
      // An outage has its own words on the page; figures for others are nothing to tell this person of.
    } finally {
      this.#sending = false;
    }
  }
}
