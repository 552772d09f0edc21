/**
 * Images as our Containerfiles say, without pulling their bases: what a final stage copies and is configured with is read from the file itself, and
 * the command that gathers a service's program is run as it stands there.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageConfig } from '../../../tools/test-cluster/images';

const ROOT = join(import.meta.dirname, '../../..');
/** Of the base image of all of them. */
const ENTRYPOINT = ['/nodejs/bin/node'];
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export class Containerfile {
  readonly #stages: Map<string, string[]>;

  constructor(file: string) {
    const text = readFileSync(join(ROOT, 'images', file), 'utf8')
      .replaceAll(/^#.*\n/gm, '')
      .replaceAll('\\\n', '');
    const stages = text.split(/^FROM /m).slice(1);
    this.#stages = new Map(stages.map((stage) => [/^\S+ AS (\S+)/.exec(stage)?.[1] ?? 'final', stage.split('\n').slice(1)]));
  }

  /** How the container of a stage runs. */
  config(stage: string): ImageConfig {
    const lines = this.#lines(stage);
    const value = (word: string) => lines.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
    const command = value('CMD');
    const user = value('USER');
    if (!command || !user) throw new Error(`the stage ${stage} names no CMD or no USER`);
    return {
      Entrypoint: ENTRYPOINT,
      Cmd: JSON.parse(command) as string[],
      Env: [`PATH=${PATH}`, ...lines.filter((line) => line.startsWith('ENV ')).map((line) => line.slice('ENV '.length))],
      WorkingDir: value('WORKDIR') ?? '/',
      User: user,
    };
  }

  /** Fills `out` with what the build stage leaves in /out, from what `npm run build` has built. */
  gather(out: string): void {
    const run = this.#lines('build').find((line) => line.includes('collect-modules.ts'));
    const command = run?.replace(/^RUN npm run build -- --only \S+\s+&& /, '').replaceAll('/out', out);
    if (!command || command.startsWith('RUN')) throw new Error('the build stage does not gather its program as it used to');
    execFileSync('bash', ['-e', '-c', command], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  #lines(stage: string): string[] {
    const lines = this.#stages.get(stage);
    if (!lines) throw new Error(`there is no stage ${stage}`);
    return lines;
  }
}
