import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createSecret } from './secrets';

export const bootstrapPrefix = 'dmb_';

export class BootstrapFileRefused extends Error {
  override readonly name = 'BootstrapFileRefused';
}

/**
 * The secret that sets an instance up: whoever can read this file (mode 0600, `{"secret":"dmb_…"}`) may create departments and
 * publish tokens. Made on first start. A file that everybody on the machine can read is refused.
 */
export async function openBootstrapSecret(file: string): Promise<string> {
  const secret = createSecret(bootstrapPrefix);
  await mkdir(dirname(file), { recursive: true });
  // Whole or not there: whoever starts beside, or after a kill, never finds half of it.
  const own = `${file}.${randomUUID()}`;
  try {
    const handle = await open(own, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ secret })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(own, file);
    return secret;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return await readSecret(file);
  } finally {
    await rm(own, { force: true });
  }
}

async function readSecret(file: string): Promise<string> {
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & 0o007) !== 0)
    throw new BootstrapFileRefused(`${file} can be read by everybody on this machine; run: chmod 600 ${file}`);
  const secret = secretIn(await readFile(file, 'utf8'));
  if (secret === undefined) throw new BootstrapFileRefused(`${file} must hold {"secret":"dmb_…"}; delete it to get a new one`);
  return secret;
}

function secretIn(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('secret' in value)) return undefined;
  const { secret } = value;
  return typeof secret === 'string' && secret.startsWith(bootstrapPrefix) && secret.length >= 36 ? secret : undefined;
}
