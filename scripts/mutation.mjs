/**
 * npm run test:mutation: what the tests of the pure rooms would notice. Changes their code, one place at a time, and writes what share of the changes a
 * test noticed into docs/figures-mutation.md. `npm run test:mutation -- resolve record`: these rooms alone; the others keep their figures.
 */
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const { command, Failure } = await import('./setup/failure.ts');
const { install } = await import('./setup/install.ts');
const { rooms } = await import('./mutation/rooms.ts');
const { mutateRoom } = await import('./mutation/run.ts');
const { writeFigures } = await import('./mutation/figures.ts');

await command(async () => {
  await install();
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(rooms, name));
  if (unknown) throw new Failure(`There is no room ${unknown}: ${Object.keys(rooms).join(', ')}.`);
  for (const [name, room] of Object.entries(rooms)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const since = performance.now();
    const outcome = await mutateRoom(name, room);
    await writeFigures(name, room, outcome, performance.now() - since);
  }
});
