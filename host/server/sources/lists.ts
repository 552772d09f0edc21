/** Which lists stand at the top of a JSON text: read byte by byte, giving way to others, as a file of some megabytes would hold them up if it were parsed. */
import { setImmediate as others } from 'node:timers/promises';

/** Bytes looked at in one go: well below a millisecond. */
const PORTION = 64 * 1024;

const [QUOTE, BACKSLASH, COLON, COMMA] = [...'"\\:,'].map((character) => character.charCodeAt(0));
const OPENING = new Set([...'[{'].map((character) => character.charCodeAt(0)));
const CLOSING = new Set([...']}'].map((character) => character.charCodeAt(0)));
const LIST = '['.charCodeAt(0);

/** Keys of the outermost object whose values are lists, as they are written. What is no JSON may have any; whoever reads it as data is told. */
export async function listsIn(text: Buffer): Promise<ReadonlySet<string>> {
  const lists = new Set<string>();
  let depth = 0;
  let inText = false;
  let escaped = false;
  let begin = 0;
  let key: string | null = null;
  let isValue = false;
  for (let at = 0; at < text.length; at++) {
    if (at % PORTION === PORTION - 1) await others();
    const byte = text[at] ?? 0;
    if (inText) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) {
        inText = false;
        if (depth === 1 && !isValue) key = text.toString('utf8', begin, at);
      }
    } else if (byte === QUOTE) {
      inText = true;
      begin = at + 1;
    } else if (OPENING.has(byte)) {
      if (depth === 1 && isValue && byte === LIST && key !== null) lists.add(key);
      depth++;
    } else if (CLOSING.has(byte)) depth--;
    else if (depth === 1 && byte === COLON) isValue = true;
    else if (depth === 1 && byte === COMMA) {
      isValue = false;
      key = null;
    }
  }
  return lists;
}
