/** Names that people take for one another: what another team publishes may not pass for a widget that they know. */
import { type Problem, problem } from '../../http/problem';

/** Characters and pairs that are hard to tell apart in the fonts of a page. */
const confusable: [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[1i]/g, 'l'],
  [/0/g, 'o'],
  [/5/g, 's'],
  [/2/g, 'z'],
];

/** What stays of a name when confusable characters, dashes and plurals are the same. */
function skeleton(name: string): string {
  const plain = confusable.reduce((text, [pattern, one]) => text.replace(pattern, one), name);
  return plain
    .split('-')
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join('');
}

/** Equal but for one character that is added, left out, another one, or two neighbours in the other order. */
function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const left = short.slice(start, short.length - end);
  const right = long.slice(start, long.length - end);
  return left.length === 0 ? right.length <= 1 : left.length === 1 || (left.length === 2 && left === right[1] + String(right[0]));
}

export function looksLike(one: string, other: string): boolean {
  if (one === other) return false;
  const [a, b] = [skeleton(one), skeleton(other)];
  return a === b || isOneEdit(one, other) || isOneEdit(a, b);
}

export interface Owned {
  name: string;
  owner: string;
}

/** Throws when the team would publish the first version of a name that looks like another team's. `allowed`: `name=team`. */
export function checkLookalike({ name, owner }: Owned, others: readonly Owned[], allowed: readonly string[]): void {
  if (allowed.includes(`${name}=${owner}`)) return;
  const other = others.find((one) => one.owner !== owner && looksLike(one.name, name));
  if (other) throw lookalike({ name, owner }, other);
}

const lookalike = ({ name, owner }: Owned, other: Owned): Problem =>
  problem(
    409,
    'name_lookalike',
    `${name} is easily taken for ${other.name} of the team ${other.owner}; choose a name that differs more, or ask whoever runs this ` +
      `instance to add ${name}=${owner} to LOOKALIKES_ALLOWED`,
  );
