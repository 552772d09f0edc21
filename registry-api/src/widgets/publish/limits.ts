/** Upper bounds of one upload. */
export const limits = {
  /** As sent, bytes. */
  compressed: 20 * 1024 * 1024,
  /** All files together, bytes. */
  unpacked: 60 * 1024 * 1024,
  entries: 500,
  /** Uploads that are received or wait to be read: of all teams, and of one. Each holds at most `compressed` on disk. */
  uploads: 32,
  uploadsOfTeam: 8,
  /** Of unpacking, checking and hashing, milliseconds by the clock: a busy machine is no reason to refuse what is harmless. */
  examining: 60_000,
  /** Of compressing one file, milliseconds. */
  compressing: 60_000,
  /** Of writing all files, until the version is shown, milliseconds: what is put and not named for a day is collected. */
  storing: 3_600_000,
  /** Characters of a path. */
  path: 200,
  /** widget.json, bytes: it travels with every resolution. */
  manifest: 64 * 1024,
  /** Versions that one widget can have: its document names them all. */
  versions: 5000,
};
