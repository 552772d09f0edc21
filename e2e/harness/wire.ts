/** One connection as bytes: for requests that no client library would send, and for seeing how a connection ends. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface WireAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const HEAD_END = '\r\n\r\n';

export class Wire {
  #heard = Buffer.alloc(0);
  #ended = false;
  #error: NodeJS.ErrnoException | null = null;

  private constructor(private readonly socket: Socket) {
    socket.on('error', (error) => {
      this.#error = error;
    });
  }

  static async open(origin: string): Promise<Wire> {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port), allowHalfOpen: true });
    await once(socket, 'connect');
    // Not read before somebody wants to hear something: as clients are that send all of it first.
    socket.pause();
    return new Wire(socket);
  }

  /** Waits while the other side takes nothing. False once there is no connection any more. */
  async send(bytes: string | Uint8Array): Promise<boolean> {
    if (this.#isOver) return false;
    if (this.socket.write(bytes)) return true;
    const waiting = new AbortController();
    const events = ['drain', 'close'].map((event) => once(this.socket, event, { signal: waiting.signal }));
    await Promise.race(events).catch(() => undefined);
    waiting.abort();
    return !this.#isOver;
  }

  /** The next answer, whole; of an event stream the head. Throws where the connection ends before. Interim answers (100) are passed over. */
  async answer(): Promise<WireAnswer> {
    for (;;) {
      const head = await this.#until((heard) => {
        const end = heard.indexOf(HEAD_END);
        return end < 0 ? null : end + HEAD_END.length;
      }, 'the head of an answer');
      const [line = '', ...lines] = head.toString('latin1').trimEnd().split('\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(line)?.[1]);
      if (Number.isNaN(status)) throw new Error(`no answer of HTTP: ${line.slice(0, 100)}`);
      if (status < 200) continue;
      const headers = Object.fromEntries(
        lines.map((text) => [text.split(':', 1)[0]?.toLowerCase(), text.slice(text.indexOf(':') + 1).trim()]),
      );
      return { status, headers, body: await this.#body(status, headers) };
    }
  }

  /** How the other side ends the connection, hearing what it still says. */
  async end(): Promise<'closed' | 'reset'> {
    this.socket.resume();
    while (!this.#ended && !this.#isOver) await this.#more();
    return this.#error ? 'reset' : 'closed';
  }

  destroy(): void {
    this.socket.destroy();
  }

  get #isOver(): boolean {
    return this.#error !== null || this.socket.destroyed;
  }

  async #body(status: number, headers: WireAnswer['headers']): Promise<string> {
    if (status === 204 || status === 304 || headers['content-type']?.startsWith('text/event-stream')) return '';
    if (headers['transfer-encoding'] === 'chunked') return this.#chunks();
    const length = Number(headers['content-length'] ?? Number.NaN);
    return (
      await this.#until(
        (heard, ended) => (Number.isNaN(length) ? (ended ? heard.length : null) : heard.length >= length ? length : null),
        'its body',
      )
    ).toString();
  }

  async #chunks(): Promise<string> {
    let body = '';
    for (;;) {
      const line = await this.#until((heard) => (heard.includes('\r\n') ? heard.indexOf('\r\n') + 2 : null), 'a chunk');
      const length = Number.parseInt(line.toString('latin1'), 16);
      const chunk = await this.#until((heard) => (heard.length >= length + 2 ? length + 2 : null), 'the rest of a chunk');
      if (length === 0) return body;
      body += chunk.subarray(0, length).toString();
    }
  }

  /** `enough`: how many bytes to take, or null while there must be more. */
  async #until(enough: (heard: Buffer, ended: boolean) => number | null, what: string): Promise<Buffer> {
    for (;;) {
      const bytes = enough(this.#heard, this.#ended);
      if (bytes !== null) {
        const taken = this.#heard.subarray(0, bytes);
        this.#heard = this.#heard.subarray(bytes);
        return taken;
      }
      if (this.#ended || this.#isOver) throw new Error(`the connection ${this.#error ? 'broke' : 'ended'} before ${what} was there`);
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const part = await new Promise<Buffer | null>((resolve) => {
      const done = (value: Buffer | null) => () => settle(value);
      const onData = (chunk: Buffer): void => settle(chunk);
      const [onEnd, onClose] = [done(null), done(null)];
      const settle = (value: Buffer | null): void => {
        this.socket.off('data', onData).off('end', onEnd).off('close', onClose);
        this.socket.pause();
        resolve(value);
      };
      this.socket.on('data', onData).on('end', onEnd).on('close', onClose);
      this.socket.resume();
    });
    if (part === null) this.#ended = true;
    else this.#heard = Buffer.concat([this.#heard, part]);
  }
}
