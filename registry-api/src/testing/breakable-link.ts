/** A connection to a server that can be cut, held still and mended, so that tests can take away a server which is not theirs to kill. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

export interface BreakableLink {
  port: number;
  /** As if the server's process had ended: open connections break, new ones are refused. */
  cut(): Promise<void>;
  /** As if the process had been stopped (SIGSTOP): connections stay and are made, and nothing answers. */
  hold(): void;
  /** As if it were back. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function breakableLink(target: { host: string; port: number }): Promise<BreakableLink> {
  const sockets = new Set<Socket>();
  let held = false;

  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      if (held) socket.pause();
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => near.write(bytes));
    if (held) for (const socket of [near, far]) socket.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    port,
    cut,
    hold: () => {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    mend: async () => {
      held = false;
      for (const socket of sockets) socket.resume();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: cut,
  };
}
