/** What is measured, and how much of it. */
import { parseArgs } from 'node:util';

export const PARTS = ['pixels', 'memory', 'questions', 'freshness'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  parts: readonly Part[];
  /** Rounds of each of the three servers. */
  rounds: number;
  minutes: number;
  events: number;
  /** Questions of each kind. */
  questions: number;
  /** Pixels whose way to the answer is timed. */
  pixels: number;
  /** chDB beside DuckDB. */
  compare: boolean;
  pinot: boolean;
  pinotEvents: number;
  /** Where the report goes; null: to the terminal only. */
  out: string | null;
}

const USAGE = `npm run bench -- --tracker [options]
  --only pixels,memory,questions,freshness   some of it (default: all)
  --rounds N         rounds of pixels with and without the spool, and of plain Node (5)
  --minutes N        of load while memory is watched (10)
  --events N         events in DuckDB (10000000)
  --questions N      of each kind (40)
  --pixels N         whose freshness is measured (100)
  --compare          the questions to chDB as well, in turns (needs Python 3 with venv and pip, which bring it)
  --pinot            questions and freshness on a real Kafka and Pinot as well (needs Java; Maven brings them)
  --pinot-events N   events in Pinot (1000000)
  --print            does not write docs/figures-tracker.md`;

export function readOptions(args: string[], report: string): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args,
    options: {
      only: text,
      rounds: text,
      minutes: text,
      events: text,
      questions: text,
      pixels: text,
      compare: flag,
      pinot: flag,
      'pinot-events': text,
      print: flag,
      help: flag,
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const parts = values.only?.split(',') ?? PARTS;
  const wrong = parts.find((part) => !PARTS.some((known) => known === part));
  if (wrong !== undefined) throw new Error(`--only knows ${PARTS.join(', ')}, not "${wrong}"`);
  return {
    parts: PARTS.filter((part) => parts.includes(part)),
    rounds: count(values.rounds, 5, 'rounds'),
    minutes: count(values.minutes, 10, 'minutes'),
    events: count(values.events, 10_000_000, 'events'),
    questions: count(values.questions, 40, 'questions'),
    pixels: count(values.pixels, 100, 'pixels'),
    compare: values.compare ?? false,
    pinot: values.pinot ?? false,
    pinotEvents: count(values['pinot-events'], 1_000_000, 'pinot-events'),
    // Some of the figures alone would take the place of all.
    out: values.print || values.only !== undefined ? null : report,
  };
}

function count(text: string | undefined, otherwise: number, name: string): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0) || (name !== 'minutes' && !Number.isInteger(value)))
    throw new Error(`--${name} must be a number above 0, not "${text}"`);
  return value;
}
