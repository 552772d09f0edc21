/** The registry's side of a running pod: its lease, renewed by heartbeats. */
import { randomUUID } from 'node:crypto';
import type { Heartbeat, LeaseAnswer } from '@datamesh/contracts';
import { call } from './http';

export type BeatOutcome =
  | { kind: 'ok'; answer: LeaseAnswer }
  /** The lease ended: another one was taken. */
  | { kind: 'gone' }
  | { kind: 'refused'; status: number; code: string; detail: string; retryAfter: number | null };

export class LeaseHolder {
  #id = randomUUID();

  constructor(
    private readonly registryUrl: string,
    private readonly tokenFile: string,
  ) {}

  get id(): string {
    return this.#id;
  }

  /** Rejects when nobody answers. */
  async beat(heartbeat: Heartbeat): Promise<BeatOutcome> {
    const { status, text, retryAfter } = await call({ ...this.#address(), method: 'PUT', body: heartbeat });
    if (status === 200) return { kind: 'ok', answer: JSON.parse(text) as LeaseAnswer };
    if (status === 410) {
      this.#id = randomUUID();
      return { kind: 'gone' };
    }
    return { kind: 'refused', status, ...problemOf(text, status), retryAfter };
  }

  async end(): Promise<void> {
    await call({ ...this.#address(), method: 'DELETE', timeout: 2000 });
  }

  #address(): { url: string; tokenFile: string } {
    return { url: `${this.registryUrl.replace(/\/$/, '')}/api/v1/deployments/${this.#id}`, tokenFile: this.tokenFile };
  }
}

function problemOf(text: string, status: number): { code: string; detail: string } {
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    return { code: code ?? 'unknown', detail: detail ?? `the registry answers ${status}` };
  } catch {
    return { code: 'unknown', detail: `the registry answers ${status}` };
  }
}
