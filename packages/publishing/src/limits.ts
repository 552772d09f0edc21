/** Upper bounds of what is published. */
export const limits = {
  /** As sent, bytes. */
  compressed: 20 * 1024 * 1024,
  /** All files together, bytes. */
  unpacked: 60 * 1024 * 1024,
  entries: 500,
  /** Characters of a path. */
  path: 200,
  /** widget.json, bytes: it travels with every resolution. */
  manifest: 64 * 1024,
};
