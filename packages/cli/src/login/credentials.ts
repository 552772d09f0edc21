/** Tokens that `datamesh login` keeps, in a file that its owner alone reads. */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError } from '../problem';

export interface Credentials {
  /** The address that was signed in to last: what a command means that names none. */
  last: string | null;
  /** By origin: those that publish, and the set-up's secret. */
  tokens: Record<string, string>;
  /** By origin: those that keep layouts. */
  layoutTokens: Record<string, string>;
}

export async function readCredentials(path: string): Promise<Credentials> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new CliError('credentials_unreadable', `${path}: ${error.message}`);
  });
  if (text === undefined) return { last: null, tokens: {}, layoutTokens: {} };
  try {
    const { last, tokens, layoutTokens } = JSON.parse(text) as Partial<Credentials>;
    return { last: last ?? null, tokens: tokens ?? {}, layoutTokens: layoutTokens ?? {} };
  } catch {
    throw new CliError('credentials_unreadable', `${path} is not JSON; remove it, and log in again`);
  }
}

/** Whole or not at all, and never readable by others, not even for a moment. */
export async function writeCredentials(path: string, credentials: Credentials): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.${process.pid}`;
  await writeFile(next, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, path);
}
