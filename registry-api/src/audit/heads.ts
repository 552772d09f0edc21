/**
 * The end of the log, kept apart from the log: of a log that was cut, every entry that is left still follows from the one before.
 * It may lag behind the log, by what was appended last before a crash.
 */
import type { Head } from './audit';

export interface HeadStore {
  read(): Promise<Head | null>;
  /** Keeps the head unless a later one is kept. */
  write(head: Head): Promise<void>;
}

export interface HeadKeeper {
  /** An entry was appended. */
  appended(head: Head): void;
  /** What was appended before is kept when this returns. */
  settle(): Promise<void>;
}

/**
 * `holds`: whether the log has this head. A head that it has not is evidence: it stays as it is, whatever is appended, until a person
 * has looked and taken it away.
 */
export function createHeadKeeper(heads: HeadStore, holds: (head: Head) => Promise<boolean>, onError: (error: unknown) => void): HeadKeeper {
  let kept: Head | null | undefined;
  let next: Head | null = null;
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    for (;;) {
      const head = next;
      if (!head) return;
      next = null;
      kept ??= await heads.read();
      if (kept && (head.seq <= kept.seq || !(await holds(kept)))) continue;
      await heads.write(head);
      kept = head;
    }
  }

  return {
    appended: (head) => {
      next = head;
      // One at a time; of those that are appended meanwhile the last one counts.
      writing ??= write()
        .catch(onError)
        .finally(() => {
          writing = null;
        });
    },
    settle: async () => {
      await writing;
    },
  };
}
