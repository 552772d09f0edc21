export interface Row {
  /** As a filter carries it. */
  value: string;
  text: string;
  /** A short word behind it, such as a version. */
  note: string;
  amount: number;
  /** null where the answer does not say. */
  visitors: number | null;
  dwellMs: number | null;
}
