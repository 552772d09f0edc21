/**
 * Whether MongoDB can be asked, as far as the driver knows: a monitor looks at each server all the time, and what it finds is told here.
 * Where it is known that nobody answers, whoever asks is spared the seconds in which the driver looks for a server.
 */
import type { Connection } from 'mongoose';

/** A server that was merely slow once, on a busy machine or seen from a busy process, is not gone. */
const TIMEOUTS_IN_A_ROW = 2;

/**
 * What is returned says whether no server answered its monitor when it looked last. A server that one request could not speak with counts only
 * once its monitor has looked; so does a replica set that has no primary for a moment: the driver waits for the next one. One that refuses is
 * away at once, one that says nothing when it did so twice.
 */
export function watchServers(connection: Connection): () => boolean {
  const client = connection.getClient();
  let servers: string[] = [];
  const timeouts = new Map<string, number>();
  client.on('serverHeartbeatFailed', ({ connectionId, failure }) => {
    // By name: the driver that mongoose brings need not be the copy that this file would import.
    const once = failure.name === 'MongoNetworkTimeoutError' ? 1 : TIMEOUTS_IN_A_ROW;
    timeouts.set(connectionId, (timeouts.get(connectionId) ?? 0) + once);
  });
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => timeouts.delete(connectionId));
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    servers = [...newDescription.servers.keys()];
  });
  return () => servers.length > 0 && servers.every((address) => (timeouts.get(address) ?? 0) >= TIMEOUTS_IN_A_ROW);
}
