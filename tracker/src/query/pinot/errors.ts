/** What can go wrong between the tracker and Pinot. The text is for whoever asked; `cause` holds what Pinot said, for the log. */
import { ProblemError } from '../../http/problem';

type Kind = keyof typeof PROBLEMS;

const PROBLEMS = {
  /** No broker takes a connection, or it broke before the answer was whole. */
  pinot_unreachable: [503, 'The store of events cannot be reached at the moment. Try again in a few seconds.'],
  /** Not in time; the same code and text as of any other query that takes too long. */
  query_timeout: [503, 'That took too long. Ask for a shorter range.'],
  /** The broker knows the question and cannot answer it just now: servers are starting, busy or gone. */
  pinot_busy: [503, 'The store of events cannot answer at the moment. Try again in a few seconds.'],
  /** An HTTP status other than 200: wrong address, or PINOT_TOKEN is not the right one. */
  pinot_refused: [502, 'The store of events refuses the tracker. Its operator has to look at PINOT_BROKERS and PINOT_TOKEN.'],
  /** 200, but nothing that Pinot would say. */
  pinot_bad_answer: [502, 'What answers for the store of events is no Pinot. Its operator has to look at PINOT_BROKERS.'],
  /** Pinot rejects the query itself: the table is missing or has other columns, or it is a fault of ours. */
  pinot_query_failed: [502, 'The store of events rejects the query. Its operator has to apply the table definition of this version.'],
} as const satisfies Record<string, readonly [number, string]>;

export class PinotError extends ProblemError {
  override readonly name = 'PinotError';

  constructor(
    readonly kind: Kind,
    /** For the log, never for whoever asked. */
    readonly said: string,
    cause?: unknown,
  ) {
    const [status, detail] = PROBLEMS[kind];
    super(status, kind, detail);
    this.cause = cause ?? new Error(said);
  }
}
