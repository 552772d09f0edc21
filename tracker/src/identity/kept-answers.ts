/** Answers to one question about many tokens, each kept for a while: a page asks several times at once, with the same token. */
import { LRUCache } from 'lru-cache';

export interface KeptAnswersOptions {
  now(): number;
  /** Milliseconds for which an answer is kept. */
  freshFor: number;
}

interface Kept<T> {
  answer: Promise<T>;
  /** null while it is being asked. */
  since: number | null;
}

const MAX_ANSWERS = 5000;

export class KeptAnswers<T> {
  /** By token. */
  private readonly kept = new LRUCache<string, Kept<T>>({ max: MAX_ANSWERS });

  constructor(
    private readonly ask: (token: string) => Promise<T>,
    private readonly options: KeptAnswersOptions,
  ) {}

  of(token: string): Promise<T> {
    const known = this.kept.get(token);
    if (known && (known.since === null || this.options.now() - known.since < this.options.freshFor)) return known.answer;
    const kept: Kept<T> = { answer: this.ask(token), since: null };
    this.kept.set(token, kept);
    kept.answer.then(
      () => {
        kept.since = this.options.now();
      },
      () => {
        // An error is for those who waited for it; the next one asks again.
        if (this.kept.get(token) === kept) this.kept.delete(token);
      },
    );
    return kept.answer;
  }
}
