import { cellOf, type Row } from './source';

/** What tells rows apart: their identifier, and where it is missing or stands in two rows, their place as well. */
export function rowIds(rows: readonly Row[], idColumn: string): string[] {
  const seen = new Set<string>();
  return rows.map((row, index) => {
    const id = cellOf(row, idColumn);
    const plain = typeof id === 'string' || typeof id === 'number' || typeof id === 'boolean' ? String(id) : String(index);
    const unique = seen.has(plain) ? `${plain}\u0000${index}` : plain;
    seen.add(unique);
    return unique;
  });
}

/** Where the active row goes on a key, or null when the key is not for the rows. Pure. */
export function moveActive(key: string, active: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const to = target(key, active, page, count);
  return to === null ? null : Math.min(count - 1, Math.max(0, to));
}

function target(key: string, active: number, page: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
