/**
 * Whether MongoDB can be asked, as far as the driver knows: a monitor looks at each server all the time, and what it finds is told here.
 * Where it is known that nobody answers, whoever asks is spared the seconds in which the driver looks for a server.
 */
import type { Connection } from 'mongoose';

/**
 * What is returned says whether no server answered its monitor when it looked last. A server that one request could not speak with counts only
 * once its monitor has looked; so does a replica set that has no primary for a moment: the driver waits for the next one.
 */
export function watchServers(connection: Connection): () => boolean {
  const client = connection.getClient();
  let servers: string[] = [];
  const silent = new Set<string>();
  client.on('serverHeartbeatFailed', ({ connectionId }) => silent.add(connectionId));
  client.on('serverHeartbeatSucceeded', ({ connectionId }) => silent.delete(connectionId));
  client.on('topologyDescriptionChanged', ({ newDescription }) => {
    servers = [...newDescription.servers.keys()];
  });
  return () => servers.length > 0 && servers.every((address) => silent.has(address));
}
