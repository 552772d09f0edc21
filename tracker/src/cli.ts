/** `datamesh-tracker spool inspect DIR [--records]`: what is in a spool, without changing it; also beside a running tracker. */
import { inspectSpool } from './spool/inspect';

const [room, command, folder, ...options] = process.argv.slice(2);

if (room === 'spool' && command === 'inspect' && folder && options.every((option) => option === '--records')) {
  const damaged = await inspectSpool(folder, options.includes('--records'), (line) => process.stdout.write(`${line}\n`)).catch(
    (error: unknown) => {
      process.stderr.write(`datamesh-tracker: ${error instanceof Error ? error.message : String(error)}\n`);
      return true;
    },
  );
  process.exitCode = damaged ? 1 : 0;
} else {
  process.stderr.write('usage: datamesh-tracker spool inspect DIR [--records]\n  DIR is the folder spool in the DATA_DIR of a tracker\n');
  process.exitCode = 2;
}
