/**
 * Names of hosts as people read them: `xn--bcher-kva.example` is `bücher.example`. But a name in another script may look just like a well-known
 * one, so a label is only shown in Unicode where it is of one script, and not made of letters that all look like Latin ones. Browsers do alike.
 */
import { domainToASCII, domainToUnicode } from 'node:url';

/** Western, Central European and Vietnamese letters, without those that pass for others (dotless i, long s …). */
const LATIN = /^[a-z0-9ßà-öø-ÿ\u0100-\u0130\u0132-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u017e\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9-]+$/u;
const OTHER_SCRIPTS = [
  'Arabic',
  'Bengali',
  'Cyrillic',
  'Devanagari',
  'Georgian',
  'Greek',
  'Gujarati',
  'Gurmukhi',
  'Hebrew',
  'Kannada',
  'Khmer',
  'Lao',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
].map((script) => [script]);
/** What is written together in one word. */
const EAST_ASIAN = [
  ['Han', 'Bopomofo'],
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Hangul'],
];
const ONE_SCRIPT = [...OTHER_SCRIPTS, ...EAST_ASIAN].map(
  (scripts) => new RegExp(`^[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}0-9-]+$`, 'u'),
);
/** Digits of other scripts, and signs that look like a dot. */
const NEVER = /(?![0-9])\p{N}|[\u00b7\u30fb\u0660-\u0669]/u;
/** A word of these alone reads as a Latin one. */
const LOOKS_LATIN = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡαικνρυωηοτς0-9-]+$/u;

/** With its port, unless it is the usual one. */
export function readableHost({ hostname, port }: URL): string {
  const name = hostname.replace(/\.$/, '');
  return `${name.includes('xn--') ? readableName(name) : name}${port && `:${port}`}`;
}

function readableName(name: string): string {
  const labels = name.split('.');
  const ownScript = labels.at(-1)?.startsWith('xn--') ?? false;
  return labels.map((label) => readableLabel(label, ownScript)).join('.');
}

/** `ownScript`: the domain is itself of another script, where such words are at home. */
function readableLabel(label: string, ownScript: boolean): string {
  if (!label.startsWith('xn--')) return label;
  const text = domainToUnicode(label);
  if (domainToASCII(text) !== label || NEVER.test(text)) return label;
  if (LATIN.test(text)) return text;
  return ONE_SCRIPT.some((script) => script.test(text)) && (ownScript || !LOOKS_LATIN.test(text)) ? text : label;
}
