/** Where a sink that cannot keep its position beside the rows keeps it: in a file, after the rows are safe. So it may see events again, never miss one. */
import { saveDurably } from '../storage/durable-file';
import { readVersioned, versioned } from '../storage/versioned-file';

export class PositionFile {
  constructor(private readonly path: string) {}

  read(): number | null {
    const kept = readVersioned(this.path) as { position?: unknown } | null;
    if (kept === null) return null;
    const { position } = kept;
    if (typeof position !== 'number' || !Number.isSafeInteger(position)) throw new Error(`${this.path} holds no position of the spool`);
    return position;
  }

  write(position: number): Promise<void> {
    return saveDurably(this.path, versioned({ position }));
  }
}
