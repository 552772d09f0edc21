/** Addresses in one spelling each, as people read them: so that one page is one page, and one site one site, however a client writes it. */
import { readableHost } from './host-name';
import { withoutEnd } from './text';

/** Would mean something else than they do encoded. */
const STRUCTURAL = '/?#%\\';
/** Far more than is kept of a path, encoded as long as it may be; what is beyond is not even read. */
const LONGEST_ENCODED = 32 * 1024;
/** Joiners belong to words of some languages; other characters that nobody sees would make two spellings of what looks like one. */
const INVISIBLE = /[\p{C}\p{Z}]/u;
const JOINERS = '\u200C\u200D';

/** What nearly all paths are: letters that stay as they are, in segments that begin with none of the dots. */
const READABLE = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+\/?$|^\/$/;

/** An http address, or null. */
export function parseUrl(text: string | null): URL | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

/**
 * From `/u/%e8%ae%ba?q=1` to `/u/论`. Query and fragment often carry what is private: they are never stored. Dot segments are resolved, text is in
 * Unicode's composed form (NFC); what would change the meaning, cannot be seen or is no UTF-8 stays encoded, in upper case. Doing it twice
 * changes nothing.
 */
export function readablePath(path: string): string {
  if (path.length <= LONGEST_ENCODED && READABLE.test(path)) return path;
  const { pathname } = new URL(`http://page${path.startsWith('/') ? '' : '/'}${path}`);
  const text = pathname
    .slice(0, LONGEST_ENCODED)
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/(?:%[0-9A-Fa-f]{2})+/g, decoded);
  const composed = outsideEscapes(text, (part) => part.normalize('NFC'));
  const shown = withoutEnd(composed, ' ');
  return shown + '%20'.repeat(composed.length - shown.length);
}

/** Changes a readable path but for its escapes: the accent after `%AA` is no part of that A. */
export const outsideEscapes = (path: string, change: (part: string) => string): string =>
  path
    .split(/((?:%[0-9A-F]{2})+)/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');

/** Where somebody came from: the host and the path, whichever of http and https it was. */
export const readableReferrer = (url: URL): string => `https://${readableHost(url)}${readablePath(url.pathname)}`;

/** A run of `%41%42…`; character by character, as a wrong byte must not spoil its neighbours. */
function decoded(run: string): string {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at);
    const length = character === null ? 1 : Buffer.byteLength(character);
    text += character !== null && isShown(character) ? character : encoded(bytes.subarray(at, at + length));
    at += length;
  }
  return text;
}

function characterAt(bytes: Buffer, at: number): string | null {
  const lead = bytes[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const character = bytes.toString('utf8', at, at + length);
  return Buffer.from(character).equals(bytes.subarray(at, at + length)) ? character : null;
}

const isShown = (character: string): boolean =>
  character === ' ' || JOINERS.includes(character) || !(STRUCTURAL.includes(character) || INVISIBLE.test(character));

const encoded = (bytes: Buffer): string => [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
