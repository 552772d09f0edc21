/** A bound on work, on a machine that may have others to serve: time in which this process got no processor is no work. */

/** How many times as long by the clock, if the machine lets this process do nothing. */
const STARVED = 5;

export interface Clocks {
  /** Milliseconds by a clock that nobody sets. */
  now(): number;
  /** Milliseconds of processor time that this process has had, all of its threads: never less than the work's own. */
  processor(): number;
}

const machine: Clocks = {
  now: () => performance.now(),
  processor: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

export interface WorkingTime {
  /** Aborts when the time is over: `milliseconds` of work, or five times that by the clock. */
  signal: AbortSignal;
  /** The time ended without the processor time that the work was granted. */
  starved(): boolean;
  /** No more is asked of it. */
  end(): void;
}

export function startWorkingTime(milliseconds: number, { now, processor }: Clocks = machine): WorkingTime {
  const controller = new AbortController();
  const since = { now: now(), processor: processor() };
  const worked = (): boolean => processor() - since.processor >= milliseconds;
  const look = setInterval(
    () => {
      const passed = now() - since.now;
      if ((passed >= milliseconds && worked()) || passed >= STARVED * milliseconds) controller.abort();
    },
    Math.min(milliseconds / 10, 1000),
  );
  return { signal: controller.signal, starved: () => controller.signal.aborted && !worked(), end: () => clearInterval(look) };
}
