/** A service as a process: one line when it cannot start, a log, and an end on SIGTERM and SIGINT that comes for certain. */
import { type Logger, pino } from 'pino';
import { ConfigError, type LogLevel } from './settings';

/** JSON lines on standard output, each with the name of the service. */
export const createLogger = (service: string, level: LogLevel): Logger => pino({ level, base: { service } });

/**
 * Runs `start`; whatever keeps it from starting is one line on stderr and exit code 1.
 * @param explain What a failure means, where the service knows better than its message.
 */
export async function startOrExit(
  service: string,
  start: () => Promise<void>,
  explain: (error: Error) => string | undefined = () => undefined,
): Promise<void> {
  try {
    await start();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    process.stderr.write(`${service}: ${explain(error) ?? reasonOf(error)}\n`);
    process.exit(1);
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error instanceof ConfigError) return error.message;
  if (error.code === 'ENOSPC') return `the disk is full (${error.message})`;
  return portRefused(error, 'PORT') ?? error.message.split('\n', 1)[0] ?? error.message;
}

/** Why a port could not be listened on, and what to do; undefined where it is something else. `variable`: the setting that names it. */
export function portRefused(error: NodeJS.ErrnoException & { port?: number }, variable: string): string | undefined {
  if (error.code === 'EADDRINUSE') return `port ${error.port} is taken; stop what uses it or set ${variable}`;
  if (error.code === 'EACCES' && error.port !== undefined)
    return `port ${error.port} may not be opened by this user; set ${variable} to one above 1023`;
  return undefined;
}

/** Milliseconds that closing stores and threads may take beyond what requests are given. */
const CLOSING = 4_000;

export interface SignalStop {
  logger: Logger;
  /** Milliseconds that accepted requests may take, as `stop` keeps to. */
  grace: number;
  stop(): Promise<void>;
}

/**
 * Ends the process on the first SIGTERM or SIGINT, with code 0. With 1 where it does not end cleanly, or hangs: what was acknowledged
 * is kept already, so leaving is safe, and whoever waits for the end (a supervisor, a pod's grace period) need not kill it.
 */
export function stopOnSignal({ logger, grace, stop }: SignalStop): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals): void => {
    // Another is the supervisor's own beside the terminal's.
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, grace + CLOSING).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
