/** Lists are `{items, next}`; `next` is an opaque cursor, a position in the list's order and not an offset. */
import type { Request } from 'express';
import { problem } from './problem';

export const encodeCursor = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** `cursor` and `limit` of a request; a cursor that this list never gave is refused. */
export function pageOf<T>(req: Request, isPosition: (value: unknown) => value is T, most = 200): { cursor: T | null; limit: number } {
  const { cursor, limit } = req.query as { cursor?: string; limit?: number | string };
  return { cursor: cursor === undefined ? null : decodeCursor(cursor, isPosition), limit: Math.min(Number(limit ?? 50), most) };
}

function decodeCursor<T>(text: string, isPosition: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (isPosition(value)) return value;
  } catch {
    // Falls through: not one of ours.
  }
  throw problem(400, 'cursor_invalid', 'This cursor is not from this list; start again without one');
}

/** Whether it has these, each of that type: what a list's cursor holds. */
export const isPositionOf =
  <T>(fields: Readonly<Record<keyof T & string, 'string' | 'number'>>) =>
  (value: unknown): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, type]) => typeof (value as Record<string, unknown>)[name] === type);
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isString = (value: unknown): value is string => typeof value === 'string';
