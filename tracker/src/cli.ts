/**
 * `datamesh-tracker spool inspect DIR [--records]`: what is in a spool, without changing it; also beside a running tracker.
 * `datamesh-tracker pinot apply [--dry-run]`: topic, schema and table in Kafka and Pinot, by the settings in the environment.
 */
import { applyPinot } from '../pinot/apply';
import { readPinotSetup } from './config';
import { inspectSpool } from './spool/inspect';

const USAGE = `usage: datamesh-tracker spool inspect DIR [--records]
         DIR is the folder spool in the DATA_DIR of a tracker; exit code 1 when something is damaged
       datamesh-tracker pinot apply [--dry-run]
         --dry-run shows what would change and changes nothing; exit code 3 when there is something
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(room = '', command = '', ...rest: string[]): Promise<number> {
  if (room === 'spool' && command === 'inspect') {
    const [folder, ...options] = rest;
    if (!folder || options.some((option) => option !== '--records')) return misused();
    return (await inspectSpool(folder, options.length > 0, say)) ? 1 : 0;
  }
  if (room === 'pinot' && command === 'apply') {
    if (rest.some((option) => option !== '--dry-run')) return misused();
    const dryRun = rest.length > 0;
    const { changed } = await applyPinot(readPinotSetup(), dryRun, say);
    return dryRun && changed ? 3 : 0;
  }
  return misused();
}

function misused(): number {
  process.stderr.write(USAGE);
  return 2;
}

process.exitCode = await run(...process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`datamesh-tracker: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
