/**
 * Everything that is done with an upload before anything of it is stored: unpacked, checked, hashed. In a thread of its own
 * (workers/publishing.ts), with a bound on its time, for all of it is work on what a stranger made.
 */
import type { WidgetManifest } from '@datamesh/contracts';
import { Problem } from '../../http/problem';
import { type Allowed, checkAllowed } from './check-allowed';
import { checkContainer, checkFileTypes, checkPlaces } from './check-files';
import { checkSettings } from './check-settings';
import { type Described, describeVersion } from './describe-version';
import { type Asked, checkPackage, readManifest } from './read-manifest';
import { type Files, unpack } from './unpack';

export interface Examined {
  manifest: WidgetManifest;
  described: Described;
}

export interface Examination {
  upload: Uint8Array;
  asked: Asked;
  allowed: Allowed;
}

/** A thread's answer is a copy, and copies have no class. */
export type ExaminationAnswer = { examined: Examined } | { refusal: Pick<Problem, 'status' | 'code' | 'detail' | 'extras'> };

export async function examine({ upload, asked, allowed }: Examination): Promise<ExaminationAnswer> {
  try {
    const files = await unpack(Buffer.from(upload.buffer, upload.byteOffset, upload.length));
    return { examined: { manifest: checkContent(files, asked, allowed), described: describeVersion(files) } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, code, detail, extras } = error;
    return { refusal: { status, code, detail, extras } };
  }
}

/** Every rule about the files, in the order in which a publisher wants to hear of them. */
export function checkContent(files: Files, asked: Asked, allowed: Allowed): WidgetManifest {
  const manifest = readManifest(files, asked);
  checkPackage(files, asked);
  checkFileTypes(files);
  checkPlaces(files, manifest);
  checkSettings(manifest);
  checkContainer(files, manifest);
  checkAllowed(manifest, allowed);
  return manifest;
}
