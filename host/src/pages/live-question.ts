import { keepAsking } from '../api/keep-asking';
import { type ApiProblem, asProblem } from '../api/problem';
import { Store } from '../ui/store';

export interface LiveState<T> {
  /** The newest answer, kept while a newer one is asked for. */
  value: T | null;
  /** Why there is no newer one; what is temporary is asked again by itself. */
  problem: ApiProblem | null;
  /** Nothing has come for three seconds. */
  slow: boolean;
}

export interface LiveQuestionPorts {
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

/** A question that is asked again whenever something has changed: one at a time, and once more where news came meanwhile. */
export class LiveQuestion<T> {
  readonly store = new Store<LiveState<T>>({ value: null, problem: null, slow: false });
  readonly #over = new AbortController();
  #asking = false;
  #again = false;
  #askNow: () => void = () => undefined;

  constructor(
    private readonly question: () => Promise<T>,
    private readonly ports: LiveQuestionPorts,
  ) {}

  ask(): void {
    this.#again = true;
    if (this.#asking) this.#askNow();
    else void this.#run();
  }

  dispose(): void {
    this.#over.abort();
  }

  async #run(): Promise<void> {
    this.#asking = true;
    while (this.#again && !this.#over.signal.aborted) {
      this.#again = false;
      let next: Partial<LiveState<T>>;
      try {
        const value = await keepAsking(this.question, (outage) => this.#onOutage(outage), this.ports, this.#over.signal);
        next = { value, problem: null, slow: false };
      } catch (cause) {
        next = { problem: asProblem(cause), slow: false };
      }
      this.#askNow = () => undefined;
      if (!this.#over.signal.aborted) this.store.patch(next);
    }
    this.#asking = false;
  }

  #onOutage({ problem, askNow }: { problem: ApiProblem | null; askNow(): void }): void {
    this.#askNow = askNow;
    if (!this.#over.signal.aborted) this.store.patch({ problem, slow: true });
  }
}
