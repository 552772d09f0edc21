/** A Java server with its data in a folder of its own, that can be killed and started again as it was. Always on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePorts, line } from '../process';

export interface JavaServer {
  pid(): number | undefined;
  /** What it said last, for the message of a failed test. */
  said(): string;
  /** SIGKILL: what a crash leaves behind is what is left behind. */
  kill(): Promise<void>;
  /** On the same data and the same ports; killed before if it still runs. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export interface JavaServerOptions {
  name: string;
  classPath: string;
  mainClass: string;
  /** For the virtual machine. */
  flags: readonly string[];
  /** Passed as -Dport.<name>=…, each a free one. */
  ports: readonly string[];
  ready: RegExp;
}

export async function startJava(options: JavaServerOptions): Promise<{ server: JavaServer; ports: ReadonlyMap<string, number> }> {
  const folder = await mkdtemp(join(tmpdir(), `datamesh-${options.name}-`));
  try {
    // A free port may be taken by somebody else before the server has it.
    for (let attempt = 1; ; attempt++) {
      const numbers = await freePorts(options.ports.length);
      const ports = new Map(options.ports.map((name, index) => [name, numbers[index] ?? 0]));
      const server = new Server(options, ports, folder);
      try {
        await server.restart();
        return { server, ports };
      } catch (error) {
        await server.kill();
        if (attempt === 3 || !/already in use|failed to bind/i.test(String(error))) throw error;
      }
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

class Server implements JavaServer {
  private child: ChildProcess | null = null;
  private output = '';

  constructor(
    private readonly options: JavaServerOptions,
    private readonly ports: ReadonlyMap<string, number>,
    private readonly folder: string,
  ) {}

  pid(): number | undefined {
    return this.child?.pid;
  }

  said(): string {
    return this.output;
  }

  async kill(): Promise<void> {
    if (this.child) await ended(this.child, 'SIGKILL');
  }

  async restart(): Promise<void> {
    await this.kill();
    const { name, classPath, mainClass, flags, ready } = this.options;
    const ports = [...this.ports].map(([port, number]) => `-Dport.${port}=${number}`);
    // Its standard input is a pipe from here: it ends with this process, whatever ends that.
    const child = spawn('java', [...flags, ...ports, '-cp', classPath, mainClass, join(this.folder, 'data')], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    const listen = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-16_000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    await line(child, name, ready);
  }

  async stop(): Promise<void> {
    // The data is disposable, and an orderly end takes some of them 20 seconds.
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
