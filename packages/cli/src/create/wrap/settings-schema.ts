/** Attributes of an element as settings: what a person can choose in a form is what can be written into an attribute. */
import type { Described } from './elements-manifest';

export interface Setting {
  type: 'string' | 'number' | 'integer' | 'boolean';
  enum?: string[];
  title: string;
  description?: string;
  default?: string | number | boolean;
}

/** As the contract has names of settings. */
const NAME = /^(?!on)(?!(?:style|class|id|slot|is|title|part|data-theme)$)[a-z][a-z0-9-]*$/;
/** What concerns the page that an element stands on, and no reader of a panel. */
const OF_THE_PAGE = /^(aria-.*|role|tabindex|hidden|dir|lang|form|name|nonce|key|autofocus)$/;

export interface SettingsOfAttributes {
  properties: Record<string, Setting>;
  /** Attributes that became none, with the type that is in the way. */
  leftOut: string[];
}

/** Without defaults: what is not set leaves the element its own. */
export function settingsOf(attributes: ReadonlyMap<string, Described>): SettingsOfAttributes {
  const properties: Record<string, Setting> = {};
  const leftOut: string[] = [];
  for (const [name, { type, description }] of attributes) {
    if (!NAME.test(name) || OF_THE_PAGE.test(name)) continue;
    const known = typeIn(type);
    if (known) properties[name] = { ...known, title: titleOf(name), ...(description ? { description: firstSentence(description) } : {}) };
    else leftOut.push(`${name} (${type})`);
  }
  return { properties, leftOut };
}

/** An attribute without a type is text, as every attribute is. */
function typeIn(text: string | undefined): Pick<Setting, 'type' | 'enum'> | undefined {
  const parts = (text ?? 'string')
    .split('|')
    .map((part) => part.trim())
    .filter((part) => !['undefined', 'null', ''].includes(part));
  const literals = parts.map((part) => /^(['"])([^'"]*)\1$/.exec(part)?.[2]);
  if (parts.length > 0 && literals.every((one) => one !== undefined)) return { type: 'string', enum: [...new Set(literals)] };
  if (parts.includes('string') && parts.every((part) => /^(string|number|\(string & \{\}\)|(['"]).*\2)$/.test(part)))
    return { type: 'string' };
  const [only, ...others] = parts;
  return others.length === 0 && (only === 'number' || only === 'boolean') ? { type: only } : undefined;
}

/** `max:number=5`, `label=Stars`, `open:boolean`: what a person says of an attribute, over what is known of it. Undefined: no such form. */
export function readAttribute(text: string): { name: string; type: Setting['type'] | undefined; preset: string | undefined } | undefined {
  const [, name, type, preset] = /^([a-z][a-z0-9-]*)(?::(string|number|integer|boolean))?(?:=(.*))?$/s.exec(text) ?? [];
  return name === undefined || !NAME.test(name) ? undefined : { name, type: type as Setting['type'] | undefined, preset };
}

export function preset(setting: Setting, text: string): Setting {
  if (setting.type === 'string') return { ...setting, default: text };
  if (setting.type === 'boolean') return { ...setting, default: text !== 'false' };
  return { ...setting, default: Number(text) };
}

/** `max-date` -> `Max date`. */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const firstSentence = (text: string): string =>
  (/^.*?[.!?](?=\s|$)/s.exec(text.trim())?.[0] ?? text.trim()).replace(/\s+/g, ' ').slice(0, 300);
