/** What the spool needs of a file system, and no more: the place where a test puts a full disk or a power cut. */
export interface SpoolFiles {
  /** Names in the folder; creates the folder if it is missing. */
  list(): Promise<string[]>;
  /** Opens for reading and writing; creates the file if it is missing. */
  open(name: string): Promise<SpoolFile>;
  remove(name: string): Promise<void>;
  /** Makes created and removed names durable. */
  syncFolder(): Promise<void>;
}

export interface SpoolFile {
  size(): Promise<number>;
  /** Up to `length` bytes from `position`; fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
  /** Writes all of `bytes`, or throws; returns when they are on disk, as after fdatasync. */
  writeDurably(bytes: Buffer, position: number): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Returns when everything in the file and its length are on disk. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}
