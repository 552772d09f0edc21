/** Builds a Java program for tests once, into .cache/<name>/<hash of its sources>: jars from Maven Central, then javac. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const repository = join(import.meta.dirname, '../../..');

export interface JavaProgram {
  /** Under .cache. */
  name: string;
  /** With pom.xml and the source. */
  folder: string;
  source: string;
}

/** What the class path is of the built program; throws with a text for people where it cannot be built. */
export async function buildJava({ name, folder, source }: JavaProgram): Promise<string> {
  const sources = await Promise.all([source, 'pom.xml'].map((file) => readFile(join(folder, file))));
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  const built = join(repository, '.cache', name, hash);
  if (!existsSync(built)) {
    await javaAndMaven();
    console.log(`Building ${name} for the tests, once: jars from Maven Central, then javac, into .cache…`);
    // Two test runs may build at once: each in a folder of its own, the first to finish gives it its name.
    const work = `${built}.${process.pid}`;
    await mkdir(join(work, 'classes'), { recursive: true });
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    await run('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), copy, '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'lib')}`]);
    await run('javac', ['-proc:none', '-cp', join(work, 'lib/*'), '-d', join(work, 'classes'), join(folder, source)]);
    await rename(work, built).catch(async (error: unknown) => {
      await rm(work, { recursive: true, force: true });
      if (!existsSync(built)) throw error;
    });
  }
  return `${join(built, 'classes')}${delimiter}${join(built, 'lib/*')}`;
}

let preparing: Promise<void> | null = null;

/** Once per process: two installations at a time would wait for each other's lock, and fail. */
function javaAndMaven(): Promise<void> {
  preparing ??= installJavaAndMaven();
  return preparing;
}

async function installJavaAndMaven(): Promise<void> {
  if ((await onPath('javac')) && (await onPath('mvn'))) return;
  if (process.getuid?.() !== 0 || !(await onPath('apt-get'))) throw new Error('Java (17 or newer) and Maven are not on the PATH');
  console.log('The tests need a Java compiler and Maven: installing Debian’s default-jdk-headless and maven…');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], environment);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'default-jdk-headless', 'maven'], environment);
}

/** Whether a program can be started at all; what it answers is of no interest. */
export async function onPath(program: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, ['--version'], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(true));
  });
}

async function run(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const said: Buffer[] = [];
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with code ${code}: ${Buffer.concat(said).toString().trim().slice(-2000)}`));
    });
  });
}
