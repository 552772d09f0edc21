/** Every page comes back at once: whoever the kernel has no place for tries again only after seconds. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { HttpService } from './http-service';

/** More than Node asks places for by itself. */
const AT_ONCE = 700;

const placesAllowed = (): number => {
  try {
    return Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
  } catch {
    // Not Linux: nothing tells there who waits.
    return 0;
  }
};

/** States of this machine's connections to the port, as the kernel has them. */
function statesTo(port: number): string[] {
  const there = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => row.trim().split(/\s+/)).flatMap(([, , remote, state]) => (remote?.endsWith(there) ? [state ?? ''] : []));
}

const ESTABLISHED = '01';

it.skipIf(placesAllowed() < AT_ONCE)('has a place for hundreds of connections that come while it is busy', async () => {
  const service = new HttpService({ handle: (_request, response) => response.end('ok'), refuse: () => undefined });
  const { port } = await service.listen(0, '127.0.0.1');
  // All of them before anything can be accepted: this process is busy with connecting.
  const sockets = Array.from({ length: AT_ONCE }, () => connect(port, '127.0.0.1'));
  await new Promise<void>((connecting) => process.nextTick(connecting));
  const states = statesTo(port);
  for (const socket of sockets) socket.destroy();
  await service.stop({ grace: 0 });
  expect(states).toHaveLength(AT_ONCE);
  expect(states.filter((state) => state !== ESTABLISHED)).toEqual([]);
});
