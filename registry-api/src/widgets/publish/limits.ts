/** Upper bounds of one upload: of what is in it, and of what it costs. */
import { limits as content } from '@datamesh/publishing';

export const limits = {
  ...content,
  /** Uploads that are received or wait to be read: of all teams, and of one. Each holds at most `compressed` on disk. */
  uploads: 32,
  uploadsOfTeam: 8,
  /** Of unpacking, checking and hashing, milliseconds by the clock: a busy machine is no reason to refuse what is harmless. */
  examining: 60_000,
  /** Of compressing one file, milliseconds. */
  compressing: 60_000,
  /** Of writing all files, until the version is shown, milliseconds: what is put and not named for a day is collected. */
  storing: 3_600_000,
  /** Versions that one widget can have: its document names them all. */
  versions: 5000,
};
