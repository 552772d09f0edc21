/** The draggable range under the histogram: whole buckets, at least one. Pure. */

/** What the reader chose, in instants, so that it stays put while the range moves on; `to` null goes on until now. */
export interface Brush {
  from: number;
  to: number | null;
}

/** The same in edges: bars `start` to `end - 1` are chosen. */
export interface Place {
  start: number;
  end: number;
}

export type Handle = 'start' | 'end';

/** Where bars begin, and where the last one ends. */
export function edgesOf(starts: readonly number[], end: number): number[] {
  return [...starts, Math.max(end, (starts.at(-1) ?? end) + 1)];
}

/** Without a choice, everything. A choice that the range has left behind is everything as well. */
export function placeOf(edges: readonly number[], brush: Brush | null): Place {
  const last = edges.length - 1;
  if (!brush || last < 1) return { start: 0, end: Math.max(0, last) };
  const start = Math.min(nearest(edges, brush.from), last - 1);
  const end = brush.to === null ? last : nearest(edges, brush.to);
  return end <= start ? { start: 0, end: last } : { start, end };
}

export function brushOf(edges: readonly number[], { start, end }: Place): Brush | null {
  const last = edges.length - 1;
  if (start === 0 && end === last) return null;
  return { from: edges[start] ?? 0, to: end === last ? null : (edges[end] ?? null) };
}

/** Handles stop one bar before each other. */
export function moveHandle(place: Place, handle: Handle, to: number, last: number): Place {
  if (handle === 'start') return { ...place, start: clamp(to, 0, place.end - 1) };
  return { ...place, end: clamp(to, place.start + 1, last) };
}

/** The whole choice, keeping its length. */
export function moveWindow(place: Place, by: number, last: number): Place {
  const length = place.end - place.start;
  const start = clamp(place.start + by, 0, last - length);
  return { start, end: start + length };
}

/** What is drawn from one edge to another, in either direction. */
export function spanBetween(a: number, b: number, last: number): Place {
  const start = clamp(Math.min(a, b), 0, last - 1);
  return { start, end: clamp(Math.max(a, b), start + 1, last) };
}

/** The edge nearest to a place on the track, a share of its width. */
export const edgeAt = (share: number, last: number): number => clamp(Math.round(share * last), 0, last);

/** Where a handle goes on a key, or null when the key is not for it. */
export function handleKey(key: string, at: number, last: number): number | null {
  const page = Math.max(1, Math.round(last / 10));
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -page,
    PageUp: page,
    Home: -last,
    End: last,
  };
  const step = steps[key];
  return step === undefined ? null : at + step;
}

function nearest(edges: readonly number[], time: number): number {
  let best = 0;
  for (const [index, edge] of edges.entries()) if (Math.abs(edge - time) < Math.abs((edges[best] ?? 0) - time)) best = index;
  return best;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
