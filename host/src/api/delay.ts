/** Milliseconds. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;

/** Doubles up to 15 s, spread by chance so that a thousand pages do not come back in the same second. */
export function delay(failures: number, random: number): number {
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures) * (0.5 + random / 2);
}
