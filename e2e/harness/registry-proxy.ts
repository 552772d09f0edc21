/** Stands between edge and registry: passes everything on, changes what a journey tells it to, or is not there at all. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Tamper = (path: string, body: Buffer) => Buffer;

export class RegistryProxy {
  /** Sees every file below /remotes/ as it was published (uncompressed) and says what the browser gets instead. */
  tamper: Tamper | null = null;
  #sockets = new Set<Socket>();
  /** What came while it hangs. */
  #held: (() => void)[] | null = null;
  #server: Server;
  #port = 0;

  private constructor(private readonly upstream: URL) {
    this.#server = this.#create();
  }

  static async start(upstream: string): Promise<RegistryProxy> {
    const proxy = new RegistryProxy(new URL(upstream));
    await proxy.#listen(0);
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** As if the registry's process had ended: open streams break, new connections are refused. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async comeBack(): Promise<void> {
    this.#server = this.#create();
    await this.#listen(this.#port);
  }

  /** As if the registry's process were stopped (SIGSTOP): connections are taken, and nothing is said. */
  hang(): void {
    this.#held = [];
  }

  resume(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const pass of held) pass();
  }

  #create(): Server {
    const server = createServer((incoming, outgoing) => {
      const pass = (): void => {
        if (!outgoing.destroyed) this.#pass(incoming, outgoing);
      };
      if (this.#held) this.#held.push(pass);
      else pass();
    });
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    return server;
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    const { tamper } = this;
    const changes = tamper !== null && path.startsWith('/remotes/');
    const headers = changes ? { ...incoming.headers, 'accept-encoding': 'identity' } : incoming.headers;
    const onward = request({ host: this.upstream.hostname, port: this.upstream.port, path, method: incoming.method, headers }, (answer) => {
      if (!changes || !tamper) {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
        return;
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = tamper(path, Buffer.concat(chunks));
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': body.length }).end(body);
      });
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
}
