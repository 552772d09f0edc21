import type { Sync } from '@datamesh/contracts';

/** As a widget's record keeps it. `startedAt` is as it was told, by which it is known again. */
export interface KnownSync extends Sync {
  /** ISO 8601: when it began by its tool's clock, or when it was told of where that is later: nobody tells of what comes. */
  at: string;
  /** Of `placeOf`. */
  deployments: string[];
}
