/** The built tracker alone, as a process that can be killed and started again on the same port and folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';

const MAIN = join(import.meta.dirname, '../../tracker/dist/main.mjs');

export class TrackerProcess {
  private child: ChildProcess | null = null;
  private said = '';

  constructor(
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
      env: { ...process.env, ...this.env, PORT: String(this.port), LOG_LEVEL: 'fatal' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-4000);
    });
    // Not readyz: it must take events while a store is away.
    await expect.poll(() => this.answers(), { message: `the tracker does not answer: ${this.said}` }).toBe(true);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** The exit code of an orderly stop. */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** Bytes of the spool that this sink has not taken yet. */
  async lag(sink: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const [, bytes] = new RegExp(`tracker_sink_lag_bytes\\{sink="${sink}"\\} (\\d+)`).exec(text) ?? [];
    if (bytes === undefined) throw new Error(`the metrics do not name the sink ${sink}`);
    return Number(bytes);
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }

  private async answers(): Promise<boolean> {
    if (this.child?.exitCode != null) throw new Error(`the tracker ended with code ${this.child.exitCode}: ${this.said}`);
    return fetch(`${this.url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
  }
}
