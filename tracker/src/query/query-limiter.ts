/**
 * How many questions an engine works on at a time. The others wait, and whoever has waited longest without an answer is next: a person with
 * forty panels does not keep out one with a single question.
 */
import { ProblemError } from '../http/problem';

export interface QueryLimits {
  /** Questions at work at the same time. */
  running: number;
  /** Questions that wait, of everyone and of one person. */
  waiting: number;
  waitingOfOne: number;
}

export const QUERY_LIMITS: QueryLimits = { running: 2, waiting: 128, waitingOfOne: 32 };
/** Seconds after which a refused question may come again. */
export const RETRY_AFTER = 2;

export const tooBusy = (): ProblemError =>
  new ProblemError(503, 'too_busy', 'Too many questions wait for an answer at the moment. Ask again in a few seconds.');

export class QueryLimiter {
  private running = 0;
  private waiting = 0;
  /** Who waits, in the order of their next turn. */
  private readonly queues = new Map<string, (() => void)[]>();

  constructor(private readonly limits: QueryLimits) {}

  /** Does the work when it is this person's turn. An abort leaves the queue; once it runs, the work itself has to end. */
  async take<T>(person: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.running < this.limits.running) this.running++;
    else await this.wait(person, signal);
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  /** Resolves with a place, which the one before left. */
  private wait(person: string, signal: AbortSignal): Promise<void> {
    const queue = this.queues.get(person) ?? [];
    if (this.waiting >= this.limits.waiting || queue.length >= this.limits.waitingOfOne) throw tooBusy();
    this.queues.set(person, queue);
    this.waiting++;
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(enter), 1);
        if (queue.length === 0) this.queues.delete(person);
        this.waiting--;
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(enter);
    });
  }

  /** Hands the place on, or gives it back when nobody waits. */
  private next(): void {
    const [first] = this.queues;
    const enter = first?.[1].shift();
    if (!first || !enter) {
      this.running--;
      return;
    }
    const [person, queue] = first;
    this.queues.delete(person);
    if (queue.length > 0) this.queues.set(person, queue); // behind everyone else who waits
    this.waiting--;
    enter();
  }
}
