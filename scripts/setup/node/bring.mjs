/**
 * Brings the Node that this repository runs on (24 or newer) where the machine has an older one: npm fetches it from the registry's
 * packages node-<os>-<arch>, pinned by version and integrity in the package-lock.json beside this file, into .cache/node.
 * Imported before anything else and by whatever Node there is, 18 and up: nothing here is newer than that.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const WANTED = 24;
const HERE = dirname(fileURLToPath(import.meta.url));
const CACHE = join(HERE, '../../../.cache/node');
const COMPILED = join(HERE, '../../../.cache/compiled');

/** Before 24.3, Node warned whoever ran TypeScript. */
const QUIET = '--disable-warning=ExperimentalWarning';

/**
 * Whether `version` ("24.21.0") is at least WANTED.
 * @param {string} version
 */
export const isNewEnough = (version) => Number(version.split('.')[0]) >= WANTED;

/** Returns under a Node that is new enough; under an older one runs this very command under the pinned one, and ends as that ends. */
export async function underWantedNode() {
  const { node: version } = process.versions;
  if (!isNewEnough(version)) await runUnder(pinnedNode(), [QUIET, ...process.argv.slice(1)]);
  else if (/^24\.[0-2]\./.test(version) && !process.execArgv.includes(QUIET))
    await runUnder(process.execPath, [...process.execArgv, QUIET, ...process.argv.slice(1)]);
  // Leaving out the types takes 50 ms and more of each command: what was left of a file is kept until it changes.
  module.enableCompileCache(COMPILED);
}

/**
 * Runs `args` with that Node in this process's place: its streams, its signals, its end. Never returns.
 * @param {string} node
 * @param {string[]} args
 */
function runUnder(node, args) {
  return new Promise(() => {
    const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
    const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
    // A terminal's Ctrl-C reaches the child by itself, as both are in its foreground.
    const forward = (/** @type {NodeJS.Signals} */ signal) => (process.stdin.isTTY && signal === 'SIGINT' ? undefined : child.kill(signal));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    child.once('error', (error) => give(`Node could not be started: ${error.message}`));
    child.once('close', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** The path of the pinned Node, installed if it is not yet. Exits with one line where that cannot be done. */
function pinnedNode() {
  const lock = join(HERE, 'package-lock.json');
  const folder = join(CACHE, createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 12));
  if (!programIn(folder)) install(lock, folder);
  const node = programIn(folder);
  if (node === undefined)
    return give(
      `this needs Node ${WANTED} or newer, and there is none to bring for ${process.platform} on ${process.arch}: install it (see .nvmrc).`,
    );
  // A package of another C library (musl) installs well, and does not run.
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (said.status !== 0) give(`this needs Node ${WANTED} or newer, and the one that npm has does not run here: install it (see .nvmrc).`);
  return node;
}

/**
 * What the lockfile says of one build.
 * @typedef {{ version: string, os?: string | string[], cpu?: string | string[] }} Build
 */

/**
 * @param {string} lock
 * @param {string} folder
 */
function install(lock, folder) {
  /** @type {{ packages: Record<string, Build> }} */
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  const fits = (/** @type {Build} */ { os = [], cpu = [] }) =>
    [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch);
  const version = Object.values(packages).find(fits)?.version;
  if (version === undefined) return;
  console.log(
    `Node ${process.versions.node} is older than ${WANTED}: bringing Node ${version} from the npm registry, once, into .cache/node…`,
  );
  // Two commands may be started at once: each installs in a folder of its own, the first to finish gives it its name.
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, file), join(work, file));
  // npm tells its own path to what it runs; without npm in front, it is on the PATH.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  /** @type {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
  const options = { cwd: work, encoding: 'utf8', env: withoutNpmSettingsOf(process.env) };
  const said = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (said.status !== 0 || !programIn(work)) {
    rmSync(work, { recursive: true, force: true });
    give(`Node ${version} could not be brought: ${(said.error?.message ?? `${said.stderr}${said.stdout}`).trim()}`);
  }
  try {
    renameSync(work, folder);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    if (!programIn(folder)) throw error;
  }
}

/**
 * What npm tells the scripts it runs about the project would be taken for settings of the folder that is installed into.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutNpmSettingsOf(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_config_(local_prefix|prefix|workspace|workspaces)$/i.test(name)));
}

/**
 * @param {string} folder
 * @returns {string | undefined}
 */
function programIn(folder) {
  const modules = join(folder, 'node_modules');
  const name = existsSync(modules) ? readdirSync(modules).find((entry) => entry.startsWith('node-')) : undefined;
  const program = name && join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return program && existsSync(program) ? program : undefined;
}

/**
 * @param {string} text
 * @returns {never}
 */
function give(text) {
  console.error(text.charAt(0).toUpperCase() + text.slice(1));
  process.exit(1);
}
