/** How a store finds what it is asked for: by an index, or by reading all that there is. */
export interface Plan {
  /** The statement, or the command with its collection, in one line. */
  query: string;
  /** What it reads from end to end; null: nothing. */
  scans: string | null;
}

export interface Plans {
  /** Of all that was asked since the watch began, each once. */
  all(): Promise<Plan[]>;
}
