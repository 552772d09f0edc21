/** Answers to one question about many tokens, each kept for a while: a page asks several times at once, with the same token. */
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
  /** By token, oldest first. */
  private readonly kept = new Map<string, Kept<T>>();

  constructor(
    private readonly ask: (token: string) => Promise<T>,
    private readonly options: KeptAnswersOptions,
  ) {}

  of(token: string): Promise<T> {
    const known = this.kept.get(token);
    if (known && (known.since === null || this.options.now() - known.since < this.options.freshFor)) return known.answer;
    const kept: Kept<T> = { answer: this.ask(token), since: null };
    this.keep(token, kept);
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

  private keep(token: string, kept: Kept<T>): void {
    this.kept.delete(token);
    const oldest = this.kept.keys().next();
    if (this.kept.size >= MAX_ANSWERS && !oldest.done) this.kept.delete(oldest.value);
    this.kept.set(token, kept);
  }
}
