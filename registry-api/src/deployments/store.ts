import type { Lease } from './lease';
import type { Watch } from './watch';

export type Written = 'written' | 'ended';

export interface LeaseStore {
  find(id: string): Promise<Lease | null>;
  /** Writes a lease, made or renewed; `ended`: it ended before, and nothing is changed. */
  write(lease: Lease): Promise<Written>;
  /** Ends a lease, known or not; a tombstone stays. -> the lease as it was, null when there was none that lived. */
  end(id: string, at: number): Promise<Lease | null>;
  /** Ends a lease whose last heartbeat is still that of `beatAt`. false: it was heard again, or ended. */
  drop(id: string, beatAt: number, at: number): Promise<boolean>;
  /** Leases that did not end. */
  ofPod(podUid: string): Promise<Lease[]>;
  ofChannel(widget: string, channel: string): Promise<Lease[]>;
  ofWidget(widget: string): Promise<Lease[]>;
  /** Those whose last heartbeat is not between the two times. */
  silent(from: number, to: number, limit: number): Promise<Lease[]>;
  /** Widgets and channels that have leases. */
  channels(): Promise<{ widget: string; channel: string }[]>;
  /** Forgets tombstones of leases that ended before `before`. */
  forget(before: number): Promise<void>;
  watch(): Promise<Watch | null>;
  /** false: another process ticked in between. */
  tick(before: Watch | null, next: Watch): Promise<boolean>;
}
