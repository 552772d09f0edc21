/**
 * A fault of the driver (7.8, 7.9), mended from outside until it is mended there: what it writes to a socket that was ended by the other side,
 * or that it ends itself while the write waits, is never answered. It waits for the socket to drain, and a closed one never does. A request
 * hangs for ever then, and a monitor never looks again: its server stays away for this process, whatever the server does.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What the driver calls Connection, as far as it is used here. */
interface DriverConnection {
  socket: Socket;
  /** Why it was closed: set before whoever listens to the socket's `close` later is told. */
  error: Error | null;
  writeCommand(...args: unknown[]): Promise<void>;
}

let mended = false;

/** For every connection of this process, once. Throws where the driver is built in another way: then see whether this is needed still. */
export function mendDriver(): void {
  if (mended) return;
  mended = true;
  // The copy that mongoose uses.
  const driver = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = driver('mongodb/lib/cmap/connection.js') as { Connection: { prototype: DriverConnection } };
  const write = Connection.prototype.writeCommand;
  if (typeof write !== 'function') throw new TypeError('MongoDB’s driver has no Connection.writeCommand to be mended');
  Connection.prototype.writeCommand = async function writeUnlessClosed(this: DriverConnection, ...args: unknown[]): Promise<void> {
    let onClose = () => {};
    const closed = new Promise<void>((_resolve, reject) => {
      onClose = () => reject(this.error);
    });
    this.socket.once('close', onClose);
    try {
      await Promise.race([write.apply(this, args), closed]);
    } finally {
      this.socket.off('close', onClose);
    }
  };
}
