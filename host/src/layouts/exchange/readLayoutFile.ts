/** What somebody has as a file or in the clipboard, before any of it is used: it may be anything. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { LayoutContent, LayoutFile } from '@datamesh/contracts';
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';
import layoutFileSchema from '@datamesh/contracts/schemas/layout-file.schema.json';
import { isTitle, titleRule } from '@datamesh/contracts/titles';
import { contentOf, validate } from '@datamesh/layout';

/** Bytes of a file, with all its spaces. */
export const LARGEST_FILE = 4 * 1024 * 1024;
/** Bytes of the layout without them, as the registry counts. */
const LARGEST_LAYOUT = 512 * 1024;
const LONGEST_PLACE = 120;

export const TOO_LARGE = 'This is too large for a layout, which has at most 512 KB.';
const NO_LAYOUT = 'This is not a layout. Take a file that “Export as JSON” has made, or what is in it.';

export type ReadLayout = { content: LayoutContent } | { mistake: string };

/** A layout of one's own that nobody else sees, or the first reason why it is none, as a sentence. */
export function readLayoutFile(text: string): ReadLayout {
  if (text.length > LARGEST_FILE) return { mistake: TOO_LARGE };
  let file: unknown;
  try {
    file = JSON.parse(text.trim());
  } catch {
    return { mistake: text.trim() === '' ? 'There is nothing in it.' : `This is not JSON. ${NO_LAYOUT}` };
  }
  const mistake = mistakeIn(file);
  if (mistake !== undefined) return { mistake };
  const { title, tree, panels, defaultChannel, filters } = contentOf((file as LayoutFile).layout);
  const content = contentOf({ title, tree, panels, defaultChannel, filters });
  const misplaced = misplacedIn(content);
  return misplaced === undefined ? { content } : { mistake: misplaced };
}

function mistakeIn(file: unknown): string | undefined {
  if (!isObject(file) || file['kind'] !== 'datamesh.layout') return NO_LAYOUT;
  if (typeof file['version'] === 'number' && file['version'] > 1)
    return 'A newer version of the dashboard has made this, in a form that this one cannot read yet.';
  // Before anything looks at it level by level: what checks and what writes it goes down by recursion.
  if (isDeeperThan(file, deepest)) return `This is nested deeper than ${deepest} levels, and no layout is.`;
  if (new TextEncoder().encode(JSON.stringify(file['layout'] ?? null)).length > LARGEST_LAYOUT) return TOO_LARGE;
  const { valid, errors } = validator.validate(file);
  if (!valid) return inWords(errors);
  const { layout } = file as unknown as LayoutFile;
  const titles = [layout.title, ...Object.values(layout.panels).map(({ title }) => title || null)];
  return titles.some((title) => title !== null && !isTitle(title)) ? `A title cannot be used. ${titleRule}.` : undefined;
}

/** What the schema cannot say. */
function misplacedIn(content: LayoutContent): string | undefined {
  const id = Object.keys(content.panels).find((one) => !/^[A-Za-z0-9_-]{1,40}$/.test(one) || one === '__proto__');
  if (id !== undefined) return `A panel cannot be called “${short(id)}”: its id has 1 to 40 letters, digits, - and _.`;
  const [first] = validate(content);
  return first && `Its tree and its panels do not fit together: ${first.message}.`;
}

/** The contract's own schema, whose patterns all take one pass: the first mistake is enough, and soon found. */
const validator = new Validator(layoutFileSchema as unknown as Schema, '2020-12');

/** Of errors that only say that something within is wrong. */
const AROUND = new Set(['$ref', 'anyOf', 'properties', 'additionalProperties', 'items']);

/** The deepest is what somebody got wrong. */
function inWords(errors: readonly OutputUnit[]): string {
  // A stack is no row, and says so, although nobody meant it to be one.
  const unmeant = errors.flatMap(({ keywordLocation }) => /^(.*\/anyOf\/\d+\/\$ref\/)properties\/type/.exec(keywordLocation)?.[1] ?? []);
  const meant = errors.filter(
    ({ keyword, keywordLocation }) => !AROUND.has(keyword) && !unmeant.some((branch) => keywordLocation.startsWith(branch)),
  );
  const [first] = meant.toSorted((a, b) => depthOf(b) - depthOf(a));
  if (!first) return NO_LAYOUT;
  const place = short(first.instanceLocation.slice(2) || 'the file');
  const what =
    first.keyword === 'false' ? 'nothing of that name belongs there' : lowered(first.error.replace(/^Instance /, '').replace(/\.$/, ''));
  return `This is not a layout that can be used. At ${place}: ${what}.`;
}

const depthOf = ({ instanceLocation }: OutputUnit): number => instanceLocation.split('/').length;
const lowered = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
const short = (text: string): string => (text.length > LONGEST_PLACE ? `${text.slice(0, LONGEST_PLACE)}…` : text);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
