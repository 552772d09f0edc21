/** Where a sink that cannot keep its position beside the rows keeps it: in a file, after the rows are safe. So it may see events again, never miss one. */
import { readIfThere, saveDurably } from '../storage/durable-file';

export class PositionFile {
  constructor(private readonly path: string) {}

  read(): number | null {
    const text = readIfThere(this.path);
    if (text === null) return null;
    const { position } = JSON.parse(text) as { position?: unknown };
    if (typeof position !== 'number' || !Number.isSafeInteger(position)) throw new Error(`${this.path} holds no position of the spool`);
    return position;
  }

  write(position: number): Promise<void> {
    return saveDurably(this.path, JSON.stringify({ position }));
  }
}
