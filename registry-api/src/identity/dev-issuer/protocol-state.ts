import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '../../clock';

/**
 * What the development issuer remembers between two redirects: interactions, codes, sessions of the issuer itself. All of it lives
 * for seconds to minutes and belongs to this one process, whose keys end with it as well; nothing of the product is kept here, so
 * memory is its place. Bounded: the oldest entries make room.
 */
export class ProtocolState {
  private readonly entries = new Map<string, { payload: AdapterPayload; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly most = 2000,
  ) {}

  /** The view of one kind of entry that oidc-provider asks for. */
  adapter = (kind: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => this.put(`${kind}:${id}`, payload, expiresIn),
    find: async (id) => this.get(`${kind}:${id}`),
    findByUid: async (uid) => this.search(kind, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => this.search(kind, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = this.get(`${kind}:${id}`);
      if (payload) payload.consumed = Math.floor(this.clock() / 1000);
    },
    destroy: async (id) => void this.entries.delete(`${kind}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of this.entries) if (payload.grantId === grantId) this.entries.delete(key);
    },
  });

  get size(): number {
    return this.entries.size;
  }

  private put(key: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    this.entries.delete(key);
    this.entries.set(key, { payload, until: this.clock() + (expiresIn ?? 3600) * 1000 });
    if (this.entries.size <= this.most) return;
    const now = this.clock();
    for (const [old, { until }] of this.entries) if (until <= now) this.entries.delete(old);
    for (const old of this.entries.keys()) {
      if (this.entries.size <= this.most) return;
      this.entries.delete(old);
    }
  }

  private get(key: string): AdapterPayload | undefined {
    const entry = this.entries.get(key);
    if (!entry || entry.until > this.clock()) return entry?.payload;
    this.entries.delete(key);
    return undefined;
  }

  private search(kind: string, wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const key of this.entries.keys()) {
      const payload = key.startsWith(`${kind}:`) ? this.get(key) : undefined;
      if (payload && wanted(payload)) return payload;
    }
    return undefined;
  }
}
