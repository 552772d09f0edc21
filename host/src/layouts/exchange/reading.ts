/** What somebody has as a file or in the clipboard, before any of it is used: it may be anything. */

import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';
import { i18n } from '../../language/i18n';

/** Bytes of a text, with all its spaces. */
export const LARGEST_FILE = 4 * 1024 * 1024;
/** Bytes of what it holds without them, as the registry counts. */
const LARGEST_LAYOUT = 512 * 1024;
const LONGEST_PLACE = 120;

/** One kind of text that the dashboard writes and reads again. */
export interface Format {
  /** By this a text says what it is. */
  kind: string;
  /** What is said of anything that is none, of what is too large or nested too deeply, and of one with a mistake at some place. */
  none(): string;
  tooLarge(): string;
  tooDeep(levels: { levels: number }): string;
  mistaken(at: { place: string; mistake: string }): string;
  /** The contract's own schema, whose patterns all take one pass: the first mistake is enough, and soon found. */
  validator: Validator;
}

export const formatOf = (schema: unknown, words: Omit<Format, 'validator'>): Format => ({
  ...words,
  validator: new Validator(schema as Schema, '2020-12'),
});

/** What the text holds, which the schema of its kind takes, or the first reason why it is none, as a sentence. */
export function readAs(format: Format, text: string): { value: unknown } | { mistake: string; isJson: boolean } {
  if (text.length > LARGEST_FILE) return { mistake: format.tooLarge(), isJson: true };
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    const mistake = text.trim() === '' ? i18n.t('There is nothing in it.') : i18n.t('This is not JSON. {none}', { none: format.none() });
    return { mistake, isJson: false };
  }
  const mistake = mistakeIn(format, value);
  return mistake === undefined ? { value } : { mistake, isJson: true };
}

function mistakeIn(format: Format, value: unknown): string | undefined {
  if (!isObject(value) || value['kind'] !== format.kind) return format.none();
  if (typeof value['version'] === 'number' && value['version'] > 1)
    return i18n.t('A newer version of the dashboard has made this, in a form that this one cannot read yet.');
  // Before anything looks at it level by level: what checks and what writes it goes down by recursion.
  if (isDeeperThan(value, deepest)) return format.tooDeep({ levels: deepest });
  if (new TextEncoder().encode(JSON.stringify(value)).length > LARGEST_LAYOUT) return format.tooLarge();
  const { valid, errors } = format.validator.validate(value);
  return valid ? undefined : describeErrors(format, errors);
}

/** Of errors that only say that something within is wrong. */
const AROUND = new Set(['$ref', 'anyOf', 'properties', 'additionalProperties', 'items']);

/** The deepest is what somebody got wrong. */
function describeErrors(format: Format, errors: readonly OutputUnit[]): string {
  // A stack is no row, and says so, although nobody meant it to be one.
  const unmeant = errors.flatMap(({ keywordLocation }) => /^(.*\/anyOf\/\d+\/\$ref\/)properties\/type/.exec(keywordLocation)?.[1] ?? []);
  const meant = errors.filter(
    ({ keyword, keywordLocation }) => !AROUND.has(keyword) && !unmeant.some((branch) => keywordLocation.startsWith(branch)),
  );
  const [first] = meant.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (!first) return format.none();
  const place = short(first.instanceLocation.slice(2) || i18n.t('the file'));
  return format.mistaken({ place, mistake: short(describeRule(first)) });
}

/** The rule of the schema that something breaks; what a text of the validator's names in quotes is the property that it misses. */
function describeRule({ keyword, error }: OutputUnit): string {
  const words: Record<string, string> = {
    false: i18n.t('nothing of that name belongs there'),
    required: i18n.t('“{property}” is missing', { property: /"(.*)"/.exec(error)?.[1] ?? '' }),
    type: i18n.t('it is of another kind than it has to be'),
    pattern: i18n.t('it is not written as it has to be'),
    format: i18n.t('it is not written as it has to be'),
    enum: i18n.t('it is none of the values that are allowed'),
    const: i18n.t('it is none of the values that are allowed'),
    minimum: i18n.t('it is too small'),
    exclusiveMinimum: i18n.t('it is too small'),
    maximum: i18n.t('it is too large'),
    exclusiveMaximum: i18n.t('it is too large'),
    minLength: i18n.t('it is too short'),
    maxLength: i18n.t('it is too long'),
    minItems: i18n.t('it has too few entries'),
    minProperties: i18n.t('it has too few entries'),
    maxItems: i18n.t('it has too many entries'),
    maxProperties: i18n.t('it has too many entries'),
  };
  return words[keyword] ?? i18n.t('it breaks the rule “{rule}”', { rule: keyword });
}

const depthOf = ({ instanceLocation }: OutputUnit): number => instanceLocation.split('/').length;
export const short = (text: string): string => (text.length > LONGEST_PLACE ? `${text.slice(0, LONGEST_PLACE)}…` : text);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
