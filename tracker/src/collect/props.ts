/** Properties of one's own: a flat object whose values are kept as text, so that every engine counts them alike. */
import { clean, cut } from './text';

const KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,59}$/;
const MAX_KEYS = 30;
const LONGEST = 8192;
const LONGEST_VALUE = 2000;

export interface Props {
  /** The object as JSON text; null when there is nothing in it. */
  text: string | null;
  /** Something was cut or left out. */
  lost: boolean;
}

/** What can be kept of it is kept, in order, as long as there is room. The pixel's query brings it as JSON text. */
export function propsOf(value: unknown): Props {
  if (value === undefined || value === null || value === '') return { text: null, lost: false };
  const props = typeof value === 'string' ? parsed(value) : value;
  if (typeof props !== 'object' || props === null || Array.isArray(props)) return { text: null, lost: true };
  const entries: string[] = [];
  let room = LONGEST - 2;
  let lost = false;
  for (const [key, inner] of Object.entries(props)) {
    const whole = textOf(inner);
    // As everywhere, null and '' mean absent: engines that know no null could not tell them apart.
    if (whole === '') continue;
    const entry = whole === undefined || !KEY.test(key) ? null : `"${key}":${JSON.stringify(cut(whole, LONGEST_VALUE))}`;
    if (entry === null || entries.length === MAX_KEYS || entry.length + 1 > room) {
      lost = true;
      continue;
    }
    if (whole !== undefined && whole.length > LONGEST_VALUE) lost = true;
    entries.push(entry);
    room -= entry.length + 1;
  }
  return { text: entries.length === 0 ? null : `{${entries.join(',')}}`, lost };
}

/** undefined for what is no value: an object, a list, a number that no JSON can hold. */
function textOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
