/** One service as a process of its own; what it writes goes to a log file, its errors to the terminal as well. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { codeOf } from '../setup/failure.ts';
import { at, ROOT } from '../setup/repository.ts';

/** Milliseconds that a service has for stopping by itself. */
const GRACE = 5000;
/** pino's numbers: 50 is error, 60 fatal. */
const ERROR = 50;

/** How a service is started. */
export interface Service {
  name: string;
  /** From the root of the repository. */
  script: string;
  port: number;
  env: Record<string, string | number>;
  /** Of Node. */
  options?: string[];
}

export interface Log {
  path: string;
  write(line: string): void;
}

export interface ServiceProcess {
  /** How it ended, for people. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** Of a line that pino writes, what is looked at here. */
interface Entry {
  level?: number;
  msg?: string;
  err?: { message?: string };
}

/** A log of its own for every start of the system: the one before it is kept as `<name>.previous.log`. */
export async function openLog(name: string, logs: string): Promise<Log> {
  await mkdir(logs, { recursive: true });
  const path = join(logs, `${name}.log`);
  await rename(path, join(logs, `${name}.previous.log`)).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  const file = createWriteStream(path);
  // A full disk must not end the start script: the services say for themselves what they could not keep.
  file.on('error', (error) => console.error(`${name}: the log cannot be written: ${error.message}`));
  return { path, write: (line) => void file.write(`${line}\n`) };
}

export function startProcess({ name, script, port, env, options = [] }: Service, log: Log): ServiceProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', ...options, at(script)], {
    cwd: ROOT,
    env: { ...process.env, ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches this script alone, which then stops the services in order.
    detached: true,
  });
  log.write(`# ${name}: process ${child.pid}, port ${port}, started ${new Date().toISOString()}`);
  const lines = (stream: Readable, isWorthSaying: (line: string) => boolean) =>
    createInterface({ input: stream }).on('line', (line) => {
      log.write(line);
      if (isWorthSaying(line)) console.error(`${name}: ${textOf(line)}`);
    });
  lines(child.stdout, (line) => levelOf(line) >= ERROR);
  lines(child.stderr, () => true);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(`ended (${signal ?? `code ${code}`})`));
  });
  return { exited, stop: () => stopped(child, exited) };
}

async function stopped(child: ChildProcess, exited: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await exited;
  clearTimeout(timer);
}

function levelOf(line: string): number {
  return parsed(line)?.level ?? 0;
}

/** A pino line as a person reads it. */
function textOf(line: string): string {
  const entry = parsed(line);
  if (!entry) return line;
  const reason = entry.err?.message;
  return [entry.msg, reason && reason !== entry.msg ? reason : undefined].filter(Boolean).join(': ') || line;
}

function parsed(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
