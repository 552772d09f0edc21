import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { requireDisk } from './disk.ts';
import { codeOf, Failure } from './failure.ts';
import { npm } from './npm.ts';
import { at, ROOT } from './repository.ts';

/** What a lockfile says of a package, as far as it is looked at here. */
interface Locked {
  version?: string;
  integrity?: string;
  optional?: boolean;
}

/** Installs what package-lock.json says unless exactly that is installed. */
export async function install(): Promise<void> {
  if (await isInstalled()) return;
  await requireDisk(ROOT, 1500);
  console.log('Installing dependencies (npm ci)…');
  const [program, first] = npm();
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Failure('npm ci failed: see above. Nothing was started.');
}

/** npm writes node_modules/.package-lock.json as the last step of an install: compare it with what is wanted. */
async function isInstalled(): Promise<boolean> {
  const [wanted, installed] = await Promise.all([readPackages('package-lock.json'), readPackages('node_modules/.package-lock.json')]);
  return installed !== undefined && Object.entries(wanted ?? {}).every(([path, entry]) => isSatisfied(path, entry, installed));
}

function isSatisfied(path: string, wanted: Locked, installed: Record<string, Locked>): boolean {
  if (!path.includes('node_modules/')) return true;
  const found = installed[path];
  // Binaries of other platforms are optional and absent.
  if (!found) return wanted.optional === true;
  return found.version === wanted.version && found.integrity === wanted.integrity;
}

async function readPackages(path: string): Promise<Record<string, Locked> | undefined> {
  try {
    const lock: { packages?: Record<string, Locked> } = JSON.parse(await readFile(at(path), 'utf8'));
    return lock.packages;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
