/**
 * Everything that is done with an upload before anything of it is stored: unpacked, checked, hashed. In a thread of its own
 * (workers/publishing.ts), with a bound on its time, for all of it is work on what a stranger made.
 */
import type { WidgetManifest } from '@datamesh/contracts';
import {
  type Construct,
  checkContent,
  checkShared,
  type Described,
  describeVersion,
  mountingScripts,
  type PublishTarget,
  Refusal,
  type SharedFinding,
  unpack,
} from '@datamesh/publishing';
import { type Allowed, checkAllowed } from './check-allowed';
import type { RefusalCopy } from './refusal';

export interface Examined {
  manifest: WidgetManifest;
  described: Described;
  /** Paths of scripts that mounting needs beside the entry. */
  preload: string[];
  /** What the version shares otherwise than the page offers it. */
  shared: SharedFinding[];
}

export interface Examination {
  upload: Uint8Array;
  asked: PublishTarget;
  allowed: Allowed;
}

export type ExaminationAnswer = { examined: Examined } | { refusal: RefusalCopy };

export async function examine({ upload, asked, allowed }: Examination, construct?: Construct): Promise<ExaminationAnswer> {
  try {
    const files = await unpack(upload, construct);
    const manifest = checkContent(files, asked);
    checkAllowed(manifest, allowed);
    return {
      examined: { manifest, described: describeVersion(files), preload: mountingScripts(files, manifest), shared: checkShared(files) },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, detail, errors } = error;
    return { refusal: { status, code, detail, ...(errors ? { errors } : {}) } };
  }
}
