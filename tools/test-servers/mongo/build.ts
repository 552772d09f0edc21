/** Builds TestMongo once into .cache/test-mongo/<hash of its sources>: jars from Maven Central, then javac. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const here = import.meta.dirname;
const repository = join(here, '../../..');

/** What the Java class path is for a built TestMongo; throws with a text for people where it cannot be built. */
export async function buildTestMongo(): Promise<string> {
  const sources = await Promise.all(['TestMongo.java', 'pom.xml'].map((file) => readFile(join(here, file))));
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  const folder = join(repository, '.cache/test-mongo', hash);
  if (!existsSync(folder)) {
    await javaAndMaven();
    // Two test runs may build at once: each in a folder of its own, the first to finish gives it its name.
    const work = `${folder}.${process.pid}`;
    await mkdir(join(work, 'classes'), { recursive: true });
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    await run('mvn', ['-q', '-B', '-f', join(here, 'pom.xml'), copy, `-DoutputDirectory=${join(work, 'lib')}`]);
    await run('javac', ['-cp', join(work, 'lib/*'), '-d', join(work, 'classes'), join(here, 'TestMongo.java')]);
    await rename(work, folder).catch(async (error: unknown) => {
      await rm(work, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    });
  }
  return `${join(folder, 'classes')}${delimiter}${join(folder, 'lib/*')}`;
}

async function javaAndMaven(): Promise<void> {
  if ((await onPath('javac')) && (await onPath('mvn'))) return;
  if (process.getuid?.() !== 0 || !(await onPath('apt-get'))) throw new Error('Java (17 or newer) and Maven are not on the PATH');
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
