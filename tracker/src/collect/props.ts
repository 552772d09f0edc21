/** Properties of one's own: a flat object whose values are kept as text, so that every engine counts them alike. */
import { clean } from './text';

const KEY = /^[A-Za-z_][A-Za-z0-9_-]{0,59}$/;
const MOST_KEYS = 30;
const LONGEST = 8192;

/** The object as JSON text; null when there is nothing in it, undefined when it breaks a rule. The pixel's query brings it as JSON text. */
export function propsText(value: unknown): string | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const props = typeof value === 'string' ? parsed(value) : value;
  if (typeof props !== 'object' || props === null || Array.isArray(props)) return undefined;
  const entries: string[] = [];
  for (const [key, inner] of Object.entries(props)) {
    const text = textOf(inner);
    if (text === undefined || !KEY.test(key)) return undefined;
    // As everywhere, null and '' mean absent: engines that know no null could not tell them apart.
    if (text !== '') entries.push(`"${key}":${JSON.stringify(text)}`);
  }
  if (entries.length === 0) return null;
  const json = `{${entries.join(',')}}`;
  return entries.length > MOST_KEYS || json.length > LONGEST ? undefined : json;
}

/** undefined for what is no value: an object, a list, a number that no JSON can hold. */
function textOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** undefined for what is no JSON: counted as bad_event. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
