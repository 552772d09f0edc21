import { connect, createServer, type ListenOptions, type NetConnectOpts, type Server } from 'node:net';

/** Hands each connection to `outer` on to `inner`; both as node:net takes them: a port and host, or the path of a socket. -> the server */
export function door(outer: ListenOptions, inner: NetConnectOpts): Promise<Server> {
  const server = createServer((from) => {
    const to = connect(inner);
    const end = () => {
      from.destroy();
      to.destroy();
    };
    for (const one of [from, to]) one.once('error', end).once('close', end);
    from.pipe(to).pipe(from);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(outer, () => resolve(server));
  });
}
