/** JSON whose whole numbers beyond 2^53 become BigInt instead of the nearest double. */
export type Cell = string | number | bigint | boolean | null | Cell[];

/** A whole number of 16 digits or more that stands alone, or looks like it inside a text: only then is the careful way worth its time. */
const SUSPECT = /[[,:]\s*-?\d{16,}\s*[\],}]/;
/** Texts are matched as well, and left alone, so that digits inside them are never taken for numbers. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MARK = '\u0000bigint';

export function parseLossless(text: string): unknown {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  // What is put in is JSON again: a text that begins with the mark, which Pinot cannot answer because it cuts texts off at NUL.
  const marked = text.replace(TOKEN, (token) =>
    token.length < 16 || token.startsWith('"') || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))
      ? token
      : JSON.stringify(MARK + token),
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}
