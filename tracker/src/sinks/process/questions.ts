/** Questions to the store of a sink's process: answered there, asked here by the same port as of any engine. */
import { ProblemError } from '../../http/problem';
import type { QueryContext, QueryEngine } from '../../query/port';
import { errorOf, type FromSink, type Question, type ToSink } from './messages';

const AWAY = 'The store of events is being started. Ask again in a moment.';

interface Waiting {
  context: QueryContext;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Answer = Extract<FromSink, { kind: 'answered' | 'unanswered' }>;

export class Questions {
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** `say` is null while there is no process to ask. */
  constructor(private readonly channel: () => ((message: ToSink) => void) | null) {}

  ask(question: Question, values: unknown[], context: QueryContext): Promise<unknown> {
    const { signal } = context;
    signal.throwIfAborted();
    const say = this.channel();
    if (say === null) throw new ProblemError(503, 'store_unavailable', AWAY);
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(id);
        say({ kind: 'leave', id });
        // Not when the store has let go of it: whoever waits here does not wait for a store that hangs.
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      const done = (): void => signal.removeEventListener('abort', leave);
      this.waiting.set(id, {
        context,
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      say({ kind: 'ask', id, question, values });
    });
  }

  answered(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    if (!waiting) return; // whoever asked has left
    this.waiting.delete(answer.id);
    if (answer.kind === 'unanswered') waiting.reject(errorOf(answer.failure));
    else {
      for (const missing of answer.partial) waiting.context.partial(missing);
      if (answer.behind !== null) waiting.context.behind?.(answer.behind);
      waiting.resolve(answer.value);
    }
  }

  /** The process is gone: what was asked of it is not asked again, as it may be what ended it. */
  lost(): void {
    for (const { reject } of this.waiting.values()) reject(new ProblemError(503, 'store_unavailable', AWAY));
    this.waiting.clear();
  }
}

export class ProcessQueries implements QueryEngine {
  readonly name = 'duckdb';

  constructor(private readonly questions: Questions) {}

  totals: QueryEngine['totals'] = (...asked) => this.ask('totals', asked);
  visitors: QueryEngine['visitors'] = (...asked) => this.ask('visitors', asked);
  series: QueryEngine['series'] = (...asked) => this.ask('series', asked);
  top: QueryEngine['top'] = (...asked) => this.ask('top', asked);
  props: QueryEngine['props'] = (...asked) => this.ask('props', asked);
  sessions: QueryEngine['sessions'] = (...asked) => this.ask('sessions', asked);
  dwell: QueryEngine['dwell'] = (...asked) => this.ask('dwell', asked);
  funnel: QueryEngine['funnel'] = (...asked) => this.ask('funnel', asked);
  retention: QueryEngine['retention'] = (...asked) => this.ask('retention', asked);
  recent: QueryEngine['recent'] = (...asked) => this.ask('recent', asked);
  drops: QueryEngine['drops'] = (...asked) => this.ask('drops', asked);
  widgets: QueryEngine['widgets'] = (...asked) => this.ask('widgets', asked);
  events: QueryEngine['events'] = (...asked) => this.ask('events', asked);

  async check(signal: AbortSignal): Promise<void> {
    await this.questions.ask('check', [], { signal, partial: () => undefined });
  }

  /** Of the port every question ends with who asks. */
  private async ask<Q extends Exclude<Question, 'check'>>(
    question: Q,
    asked: Parameters<QueryEngine[Q]>,
  ): Promise<Awaited<ReturnType<QueryEngine[Q]>>> {
    const context = asked.at(-1) as QueryContext;
    return (await this.questions.ask(question, asked.slice(0, -1), context)) as Awaited<ReturnType<QueryEngine[Q]>>;
  }
}
