/** Leases in memory, for simulations of many thousand worlds. It passes the stores' contract suite, which is what makes it one of them. */
import type { Lease } from '../lease';
import type { LeaseStore } from '../store';
import type { Watch } from '../watch';

export function createMemoryLeases(): LeaseStore {
  const leases = new Map<string, Lease>();
  const ended = new Map<string, number>();
  let watch: Watch | null = null;
  const those = (wanted: (lease: Lease) => boolean) => [...leases.values()].filter(wanted).map((lease) => ({ ...lease }));
  const take = (id: string, at: number): Lease | null => {
    const lease = leases.get(id) ?? null;
    leases.delete(id);
    if (!ended.has(id)) ended.set(id, at);
    return lease;
  };
  return {
    find: async (id) => leases.get(id) ?? null,
    write: async (lease) => {
      if (ended.has(lease.id)) return 'ended';
      leases.set(lease.id, { ...lease });
      return 'written';
    },
    end: async (id, at) => take(id, at),
    drop: async (id, beatAt, at) => leases.get(id)?.beatAt === beatAt && take(id, at) !== null,
    ofPod: async (uid) => those(({ pod }) => pod.uid === uid),
    ofChannel: async (widget, channel) => those((lease) => lease.widget === widget && lease.channel === channel),
    ofWidget: async (widget) => those((lease) => lease.widget === widget),
    silent: async (from, to, limit) => those(({ beatAt }) => beatAt < from || beatAt > to).slice(0, limit),
    channels: async () => [
      ...new Map(those(() => true).map(({ widget, channel }) => [`${widget}@${channel}`, { widget, channel }])).values(),
    ],
    forget: async (before) => {
      for (const [id, at] of ended) if (at < before) ended.delete(id);
    },
    watch: async () => watch,
    tick: async (before, next) => {
      if (before?.tickedAt !== watch?.tickedAt || before?.availableSince !== watch?.availableSince) return false;
      watch = next;
      return true;
    },
  };
}
