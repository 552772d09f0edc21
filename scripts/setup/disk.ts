import { statfs } from 'node:fs/promises';
import { Failure } from './failure.ts';

const MB = 1024 * 1024;

/** Throws when the disk below `folder` has less than `megabytes` left: better now than in the middle of a write. */
export async function requireDisk(folder: string, megabytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / MB);
  if (free < megabytes) throw new Failure(`The disk is nearly full: ${free} MB are free at ${folder}, ${megabytes} MB are needed.`);
}
