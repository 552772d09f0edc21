/** Questions to Pinot: by pinot-client, each through an exchange of its own, to whichever broker answers. */
import { ConnectionFactory } from 'pinot-client';
import { type Answer, judge } from './answer';
import { PinotError } from './errors';
import { Exchange, type ExchangeOptions } from './exchange';

export interface TransportOptions {
  /** `host:port` or addresses with a scheme. */
  brokers: readonly string[];
  table: string;
  /** The whole value of the header `authorization`, such as `Basic …` or `Bearer …`. */
  token?: string | null;
  timeoutMs?: number;
  /** Milliseconds since whenever, for how long a broker that refused is asked last. */
  now?(): number;
}

/** The edge and the page give up after this. */
const TIMEOUT = 30_000;
const ASKED_LAST_FOR = 5000;
/** Groups that a server counts for one query; beyond that it leaves some out and says so. */
export const MAX_GROUPS = 1_000_000;

/** How every query is to be answered, whatever a cluster's own settings are. */
const QUERY_OPTIONS = {
  // Absent values are '' and -1 by the schema; counting goes by that.
  enableNullHandling: false,
  useMultistageEngine: false,
  // Exact with several servers: none leaves out groups that are rare there and frequent elsewhere.
  minSegmentGroupTrimSize: -1,
  minServerGroupTrimSize: -1,
  minBrokerGroupTrimSize: -1,
  groupTrimThreshold: 2_000_000_000,
  // 0.11 has no option for it and goes by its servers' own setting.
  numGroupsLimit: MAX_GROUPS,
} as const;

export class Transport {
  private readonly closing = new AbortController();
  private readonly refusedAt = new Map<string, number>();
  private readonly brokers: readonly string[];
  private readonly now: () => number;
  private turn = 0;

  constructor(private readonly options: TransportOptions) {
    if (options.brokers.length === 0) throw new RangeError('no Pinot broker');
    this.brokers = options.brokers.map((broker) => broker.replace(/\/+$/, ''));
    this.now = options.now ?? (() => performance.now());
  }

  async ask(sql: string, signal: AbortSignal): Promise<Answer> {
    const exchange: ExchangeOptions = {
      signal: AbortSignal.any([signal, this.closing.signal]),
      timeoutMs: this.options.timeoutMs ?? TIMEOUT,
      queryOptions: QUERY_OPTIONS,
    };
    let failure: unknown;
    for (const broker of this.inTurn()) {
      // A connection that was kept open may have been closed by the other side just now: questions may be asked again.
      for (let attempt = 0; attempt < 2; attempt++) {
        exchange.signal.throwIfAborted();
        try {
          const answer = judge(await this.askOne(broker, sql, exchange));
          this.refusedAt.delete(broker);
          return answer;
        } catch (error) {
          if (!(error instanceof PinotError) || error.kind !== 'pinot_unreachable') throw error;
          failure = error;
        }
        if (!wasCut(failure)) break;
      }
      this.refusedAt.set(broker, this.now());
    }
    throw failure;
  }

  close(): void {
    this.closing.abort(new PinotError('pinot_unreachable', 'the tracker is stopping'));
  }

  private async askOne(broker: string, sql: string, options: ExchangeOptions): Promise<Record<string, unknown>> {
    const exchange = new Exchange(options);
    const { token } = this.options;
    const connection = ConnectionFactory.fromHostList([broker], {
      customHttpClient: exchange,
      brokerReqHeaders: token ? { authorization: token } : {},
    });
    try {
      await connection.execute(this.options.table, sql);
    } catch (error) {
      throw exchange.failure ?? error;
    }
    if (exchange.answer === null) throw new PinotError('pinot_bad_answer', 'no answer');
    return exchange.answer;
  }

  /** Each begins with another one; those that refused a moment ago come last. */
  private inTurn(): string[] {
    const first = this.turn++ % this.brokers.length;
    const rotated = [...this.brokers.slice(first), ...this.brokers.slice(0, first)];
    const refused = (broker: string): boolean => this.now() - (this.refusedAt.get(broker) ?? Number.NEGATIVE_INFINITY) < ASKED_LAST_FOR;
    return [...rotated.filter((broker) => !refused(broker)), ...rotated.filter(refused)];
  }
}

/** Rather than refused: the broker was there a moment ago. */
function wasCut(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if ('code' in each && ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(String(each.code))) return true;
  return false;
}
