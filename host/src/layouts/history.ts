import type { LayoutContent } from '@datamesh/contracts';

/** A layout as it stands on the screen. */
export interface Shown {
  content: LayoutContent;
  /** Of a copy: the revision of its original that it has taken in. */
  taken?: number | undefined;
}

interface Step extends Shown {
  label: string;
}

/** The last of each is the next to be taken. */
export interface Steps {
  past: Step[];
  future: Step[];
}

const DEEPEST = 100;
/** Keystrokes and slider moves this close together (milliseconds) are one step. */
const TOGETHER = 1_000;

/** What undo goes back to and redo comes back to, each with the name of the edit. */
export class History {
  #past: Step[] = [];
  #future: Step[] = [];
  #key: string | undefined;
  #at = Number.NEGATIVE_INFINITY;

  /** Label of the edit that undo would take back. */
  get undoLabel(): string | null {
    return this.#past.at(-1)?.label ?? null;
  }

  get redoLabel(): string | null {
    return this.#future.at(-1)?.label ?? null;
  }

  /** Edits with the same key within a second are one step. */
  record(before: Shown, label: string, now: number, key?: string): void {
    this.#future = [];
    const continues = key !== undefined && key === this.#key && now - this.#at <= TOGETHER;
    this.#key = key;
    this.#at = now;
    if (continues) return;
    this.#past.push({ ...before, label });
    if (this.#past.length > DEEPEST) this.#past.shift();
  }

  undo(current: Shown): Shown | undefined {
    return this.#step(this.#past, this.#future, current);
  }

  redo(current: Shown): Shown | undefined {
    return this.#step(this.#future, this.#past, current);
  }

  clear(): void {
    this.resume({ past: [], future: [] });
  }

  /** For `resume` on another page: the next ones to be taken, undo before redo, as many as so many characters of JSON hold. */
  carried(room: number): Steps {
    let left = room;
    const fits = (step: Step): boolean => {
      left -= JSON.stringify(step).length;
      return left >= 0;
    };
    const next = (steps: readonly Step[]): Step[] => {
      const cut = steps.findLastIndex((step) => !fits(step));
      return steps.slice(cut + 1);
    };
    return { past: next(this.#past), future: next(this.#future) };
  }

  /** In place of everything that is known. */
  resume({ past, future }: Steps): void {
    this.#past = [...past];
    this.#future = [...future];
    this.#key = undefined;
  }

  #step(from: Step[], to: Step[], current: Shown): Shown | undefined {
    const step = from.pop();
    if (!step) return undefined;
    to.push({ ...current, label: step.label });
    this.#key = undefined;
    return step;
  }
}
