import { type DesktopAgent, type Disposer, listenOn } from '@datamesh/widget-sdk';
import type { TimeRange } from './range';

const CHANNEL = 'dashboard';
/** While a handle is dragged the dashboard hears of it this often, ms. */
const PACE = 120;

export interface FilterOptions {
  adopt(context: Readonly<Record<string, unknown>>): void;
  refused(reason: string): void;
}

/** The dashboard's filter of time: what others set comes in, what is chosen here goes out, at a pace that charts can follow. */
export class DashboardFilter {
  readonly #stop: Disposer;
  #waiting: TimeRange | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly agent: DesktopAgent | undefined,
    private readonly options: FilterOptions,
  ) {
    this.#stop = listenOn(agent, CHANNEL, 'fdc3.timeRange', (context) => {
      // What is on its way out is newer than what comes in.
      if (this.#waiting === undefined) options.adopt(context);
    });
  }

  set(context: TimeRange): void {
    this.#waiting = context;
    this.#timer ??= setTimeout(() => this.flush(), PACE);
  }

  /** Sends at once what waits: at the end of a drag, and before the element goes. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const context = this.#waiting;
    this.#waiting = undefined;
    if (context) void this.#send(context);
  }

  dispose(): void {
    this.flush();
    this.#stop();
  }

  async #send(context: TimeRange): Promise<void> {
    try {
      const channel = await this.agent?.getOrCreateChannel(CHANNEL);
      await channel?.broadcast(context);
    } catch (error) {
      this.options.refused(error instanceof Error ? error.message : String(error));
    }
  }
}
