import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, type Broker, startBroker } from '../../testing/misbehaving-broker';
import type { Filter, Scope } from '../port';
import { PinotQueries } from './queries';
import { column, joined, jsonCondition, list, sql, table } from './sql';

/** As Pinot's lexer: texts, names in quotes, comments, words, numbers, signs. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_]\w*|\d+|<=|>=|<>|\s+|[\s\S]/g;

interface Shape {
  /** Tokens, with `?` for each literal. */
  tokens: string[];
  values: string[];
}

/**
 * Reads a query as Pinot does: `legacy` is what 0.11 always does and 1.5 by default, taking two quotes for one once more after parsing. A
 * REPLACE of three literals is computed before anything else and is one literal.
 */
function shapeOf(text: string, legacy: boolean): Shape {
  const plain = (token: string): string => {
    const inner = token.slice(1, -1).replaceAll("''", "'");
    return legacy ? inner.replaceAll("''", "'") : inner;
  };
  const raw = (text.match(TOKENS) ?? []).filter((token) => token.trim() !== '');
  const shape: Shape = { tokens: [], values: [] };
  for (let at = 0; at < raw.length; at++) {
    const token = raw[at] ?? '';
    const [open, whole, comma, find, comma2, by, close] = raw.slice(at + 1, at + 8);
    if (
      token === 'REPLACE' &&
      [open, comma, comma2, close].join('') === '(,,)' &&
      [whole, find, by].every((each) => each?.startsWith("'"))
    ) {
      shape.values.push(plain(whole ?? '').replaceAll(plain(find ?? ''), plain(by ?? '')));
      at += 7;
    } else if (token.startsWith("'") || /^\d/.test(token)) {
      shape.values.push(token.startsWith("'") ? plain(token) : token);
    } else {
      shape.tokens.push(token);
      continue;
    }
    shape.tokens.push('?');
  }
  return shape;
}

const nasty = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        "'",
        "''",
        "'''",
        '"',
        '\\',
        "\\'",
        '--',
        '/*',
        '*/',
        ';',
        ')',
        '(',
        ',',
        ' OR ',
        ' LIMIT 0',
        '?',
        '$',
        '%',
        '^',
        '~|`!#',
        '\n',
        '\0',
      ],
      ...[
        '\u2019',
        '\uff07',
        '\u02bc',
        '\ud800',
        '🙂',
        'option(timeoutMs=1)',
        " OPTION (timeoutMs='1')",
        "' OR 1=1 --",
        "REPLACE('",
        '\ue000',
      ],
      ...['SET x=1;', 'events', 'x', '{"a":"b"}', '"$.a" = ', '$1', '&', '&apos;', '\\u0027'],
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { minLength: 1, maxLength: 8 },
);
/** An empty one is no value, and matches nothing. */
const text = nasty.map((parts) => parts.join('')).filter((value) => value !== '');

describe('a value', () => {
  it('is one literal and stays what it is, in either way of reading', () => {
    fc.assert(
      fc.property(text, (value) => {
        const { text: query } = sql`SELECT ${column('path')} FROM ${table('events')} WHERE ${column('path')} = ${value} LIMIT ${5}`;
        for (const legacy of [true, false])
          expect(shapeOf(query, legacy)).toEqual({
            tokens: ['SELECT', '"path"', 'FROM', '"events"', 'WHERE', '"path"', '=', '?', 'LIMIT', '?'],
            values: [value, '5'],
          });
      }),
      { numRuns: 2000 },
    );
  });

  it('within a literal is one as well, or is not put there', () => {
    fc.assert(
      fc.property(text, (value) => {
        const inner = jsonCondition('key', value);
        if (value.includes("'")) {
          expect(inner).toBeNull();
          return;
        }
        for (const legacy of [true, false]) {
          const outer = shapeOf(inner?.text ?? '', legacy);
          expect(outer.tokens).toEqual(['?']);
          // What is in it is read by the same parser.
          expect(shapeOf(outer.values[0] ?? '', legacy)).toEqual({ tokens: ['"$.key"', '=', '?'], values: [value] });
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is text or a whole number; names come from lists', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 60]) expect(() => sql`${value}`).toThrow(RangeError);
    for (const name of ['', 'PATH', 'path"', 'nothing', 'constructor']) expect(() => column(name)).toThrow(RangeError);
    for (const name of ['', 'a b', 'a"', '1a', 'a;']) expect(() => table(name)).toThrow(RangeError);
    for (const key of ['', 'a.b', "a'", 'a"', 'a b', '$', 'é']) expect(() => jsonCondition(key)).toThrow(RangeError);
    expect(() => list([])).toThrow(RangeError);
    expect(() => joined([], ', ')).toThrow(RangeError);
  });
});

describe('every query', () => {
  let broker: Broker;
  let erased: string[] = [];
  let engine: PinotQueries;

  beforeAll(async () => {
    // One row for whichever query, so that those which ask again have something to ask about.
    broker = await startBroker((response) => response.end(answerOf([[0, 1, 1, 1, 1]])));
    engine = new PinotQueries({ brokers: [broker.address], table: 'events', erased: () => erased });
  });
  afterAll(async () => {
    engine.close();
    await broker.close();
  });
  beforeEach(() => {
    erased = [];
  });

  const context = { signal: new AbortController().signal, partial: () => undefined };

  /** All that is sent for every method, in the order of its text: some are asked at the same time. */
  async function sent(value: string): Promise<string[]> {
    const filters: Filter[] = [
      { dimension: 'path', value },
      { dimension: 'props.plan', value },
    ];
    const only = { layouts: [value], pages: [value], widgets: [value] };
    const scope: Scope = { site: value, from: 1000, to: 9000, filters, only };
    erased = [value, 'somebody'];
    broker.requests.length = 0;
    await Promise.all([
      engine.totals(scope, context),
      engine.visitors(scope, context),
      engine.series(scope, [1000, 2000, 4000], context),
      engine.top(scope, 'path', 1, context),
      engine.top(scope, 'props.plan', 1, context),
      engine.props(scope, 1, context),
      engine.sessions(scope, 1, context),
      engine.dwell(scope, context),
      engine.funnel(scope, filters, 1000, context),
      engine.retention(scope, [1000, 2000], context),
      engine.recent(scope, 1, context),
      engine.drops(value, 1000, 9000, context),
      engine.widgets(scope, 1, context),
      engine.events(scope, { received_ts: 5, event_id: value }, 1, context),
      engine.check(context.signal),
    ]);
    return broker.requests.map(({ body }) => String(body.sql));
  }

  const shapes = (queries: readonly string[]): string[] => queries.map((query) => shapeOf(query, true).tokens.join(' ')).sort();

  it('has a limit, and keeps its shape whatever is asked', async () => {
    // A property's value with a quote in it is compared in another way, and an empty one with nothing at all.
    const plain = await sent('plain');
    const templates = { plain: shapes(plain), quoted: shapes(await sent("it's")) };
    expect(plain.length).toBeGreaterThan(17);
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const queries = await sent(value);
        expect(shapes(queries)).toEqual(value.includes("'") ? templates.quoted : templates.plain);
        for (const query of queries) {
          expect(query).toMatch(/ LIMIT [1-9]\d*$/);
          expect(shapeOf(query, true)).toEqual(shapeOf(query, false));
          if (query.includes('visitor_id" NOT IN')) expect(shapeOf(query, true).values).toContain(value);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('matches nothing by an empty value', async () => {
    await sent('');
    for (const { body } of broker.requests.filter((each) => each.body.sql?.includes('WHERE') && !each.body.sql.includes('"dropped" > ')))
      expect(body.sql).toContain(`"site_id" = ''`);
  });
});
