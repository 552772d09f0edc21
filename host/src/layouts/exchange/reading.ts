/** What somebody has as a file or in the clipboard, before any of it is used: it may be anything. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';

/** Bytes of a text, with all its spaces. */
export const LARGEST_FILE = 4 * 1024 * 1024;
/** Bytes of what it holds without them, as the registry counts. */
const LARGEST_LAYOUT = 512 * 1024;
const LONGEST_PLACE = 120;

/** One kind of text that the dashboard writes and reads again. */
export interface Format {
  /** By this a text says what it is. */
  kind: string;
  /** As a person calls it: "a layout". */
  name: string;
  /** What is said of anything that is none. */
  none: string;
  tooLarge: string;
  /** The contract's own schema, whose patterns all take one pass: the first mistake is enough, and soon found. */
  validator: Validator;
}

export const formatOf = (schema: unknown, words: Omit<Format, 'validator'>): Format => ({
  ...words,
  validator: new Validator(schema as Schema, '2020-12'),
});

/** What the text holds, which the schema of its kind takes, or the first reason why it is none, as a sentence. */
export function readAs(format: Format, text: string): { value: unknown } | { mistake: string } {
  if (text.length > LARGEST_FILE) return { mistake: format.tooLarge };
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    return { mistake: text.trim() === '' ? 'There is nothing in it.' : `This is not JSON. ${format.none}` };
  }
  const mistake = mistakeIn(format, value);
  return mistake === undefined ? { value } : { mistake };
}

function mistakeIn(format: Format, value: unknown): string | undefined {
  if (!isObject(value) || value['kind'] !== format.kind) return format.none;
  if (typeof value['version'] === 'number' && value['version'] > 1)
    return 'A newer version of the dashboard has made this, in a form that this one cannot read yet.';
  // Before anything looks at it level by level: what checks and what writes it goes down by recursion.
  if (isDeeperThan(value, deepest)) return `This is nested deeper than ${deepest} levels, and ${format.name.replace(/^a /, 'no ')} is.`;
  if (new TextEncoder().encode(JSON.stringify(value)).length > LARGEST_LAYOUT) return format.tooLarge;
  const { valid, errors } = format.validator.validate(value);
  return valid ? undefined : inWords(format, errors);
}

/** Of errors that only say that something within is wrong. */
const AROUND = new Set(['$ref', 'anyOf', 'properties', 'additionalProperties', 'items']);

/** The deepest is what somebody got wrong. */
function inWords(format: Format, errors: readonly OutputUnit[]): string {
  // A stack is no row, and says so, although nobody meant it to be one.
  const unmeant = errors.flatMap(({ keywordLocation }) => /^(.*\/anyOf\/\d+\/\$ref\/)properties\/type/.exec(keywordLocation)?.[1] ?? []);
  const meant = errors.filter(
    ({ keyword, keywordLocation }) => !AROUND.has(keyword) && !unmeant.some((branch) => keywordLocation.startsWith(branch)),
  );
  const [first] = meant.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (!first) return format.none;
  const place = short(first.instanceLocation.slice(2) || 'the file');
  const what =
    first.keyword === 'false' ? 'nothing of that name belongs there' : lowered(first.error.replace(/^Instance /, '').replace(/\.$/, ''));
  return `This is not ${format.name} that can be used. At ${place}: ${what}.`;
}

const depthOf = ({ instanceLocation }: OutputUnit): number => instanceLocation.split('/').length;
const lowered = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
export const short = (text: string): string => (text.length > LONGEST_PLACE ? `${text.slice(0, LONGEST_PLACE)}…` : text);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
