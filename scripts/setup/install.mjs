import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { requireDisk } from './disk.mjs';
import { Failure } from './failure.mjs';
import { npm } from './npm.mjs';
import { at, ROOT } from './repository.mjs';

/** Installs what package-lock.json says unless exactly that is installed. */
export async function install() {
  if (await isInstalled()) return;
  await requireDisk(ROOT, 1500);
  console.log('Installing dependencies (npm ci)…');
  const [program, first] = npm();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Failure('npm ci failed: see above. Nothing was started.');
}

/** npm writes node_modules/.package-lock.json as the last step of an install: compare it with what is wanted. */
async function isInstalled() {
  const [wanted, installed] = await Promise.all([readPackages('package-lock.json'), readPackages('node_modules/.package-lock.json')]);
  return installed !== undefined && Object.entries(wanted ?? {}).every(([path, entry]) => isSatisfied(path, entry, installed));
}

function isSatisfied(path, wanted, installed) {
  if (!path.includes('node_modules/')) return true;
  const found = installed[path];
  // Binaries of other platforms are optional and absent.
  if (!found) return wanted.optional === true;
  return found.version === wanted.version && found.integrity === wanted.integrity;
}

async function readPackages(path) {
  try {
    return JSON.parse(await readFile(at(path), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
