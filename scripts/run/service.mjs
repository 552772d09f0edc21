/** One service as a process of its own; what it writes goes to a log file, its errors to the terminal as well. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { at, ROOT } from '../setup/repository.mjs';

const PATIENCE = 5000;
/** pino's numbers: 50 is error, 60 fatal. */
const ERROR = 50;

/** -> { name, log, url, exited: Promise<text>, stop(): Promise<void> } */
export async function startService({ name, script, port, env }, logs) {
  await mkdir(logs, { recursive: true });
  const log = join(logs, `${name}.log`);
  await rename(log, join(logs, `${name}.previous.log`)).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const file = createWriteStream(log);
  // A full disk must not end the start script: the services say for themselves what they could not keep.
  file.on('error', (error) => console.error(`${name}: the log cannot be written: ${error.message}`));
  const child = spawn(process.execPath, ['--enable-source-maps', at(script)], {
    cwd: ROOT,
    env: { ...process.env, ...Object.fromEntries(Object.entries(env).map(([key, value]) => [key, String(value)])) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches this script alone, which then stops the services in order.
    detached: true,
  });
  file.write(`# ${name}: process ${child.pid}, port ${port}, started ${new Date().toISOString()}\n`);
  const lines = (stream, isWorthSaying) =>
    createInterface({ input: stream }).on('line', (line) => {
      file.write(`${line}\n`);
      if (isWorthSaying(line)) console.error(`${name}: ${textOf(line)}`);
    });
  lines(child.stdout, (line) => levelOf(line) >= ERROR);
  lines(child.stderr, () => true);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}`));
    child.once('close', (code, signal) => resolve(`${name} ended (${signal ?? `code ${code}`}); its log is ${log}`));
  });
  return { name, log, url: `http://127.0.0.1:${port}`, exited, stop: () => stopped(child, exited) };
}

async function stopped(child, exited) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await exited;
  clearTimeout(timer);
}

function levelOf(line) {
  return parsed(line)?.level ?? 0;
}

/** A pino line as a person reads it. */
function textOf(line) {
  const entry = parsed(line);
  if (!entry) return line;
  const reason = entry.err?.message;
  return [entry.msg, reason && reason !== entry.msg ? reason : undefined].filter(Boolean).join(': ') || line;
}

function parsed(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
