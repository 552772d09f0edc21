/**
 * Patterns of settings. They are a publisher's and the text is anybody's, so they run on RE2's engine, in time that grows with
 * both lengths and never faster: no pattern can hold a service or a page. What RE2 cannot run is refused when a widget is
 * published. (A proof that a backtracking engine stays fast is not to be had: recheck 4.5 calls `^(a?){25}a{25}$` safe, which
 * takes seconds for 24 letters, and gives up on `^[^:]{0,59}:.+$`-like patterns that people do write.)
 */
import { RE2JS } from 're2js';

export interface LinearPattern {
  /** Instructions of its program: a test takes at most so many steps for each character. */
  readonly size: number;
  test(text: string): boolean;
}

/** Its text says, after "the pattern …", why it cannot be used. */
export class PatternRefused extends Error {
  override readonly name = 'PatternRefused';
}

/** Characters of a pattern, and instructions that it may become. */
const longest = 1000;
const largest = 2000;

const compiled = new Map<string, LinearPattern>();
/** A compiled pattern has some hundred KB at most. */
const maxCompiled = 200;

/** Throws PatternRefused. */
export function linearPattern(source: string): LinearPattern {
  const known = compiled.get(source);
  if (known) return known;
  const pattern = compile(source);
  if (compiled.size >= maxCompiled) compiled.clear();
  compiled.set(source, pattern);
  return pattern;
}

function compile(source: string): LinearPattern {
  if (source.length > longest) throw new PatternRefused(`has more than ${longest} characters`);
  let program: RE2JS;
  try {
    // What JSON Schema means by a pattern; only compiled, never run.
    new RegExp(source, 'u');
  } catch {
    throw new PatternRefused('is not a regular expression (ECMAScript’s, with the flag u)');
  }
  try {
    program = RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    throw new PatternRefused(
      'cannot be matched without going back: use no look-around, no reference to a group, and at most 1000 repetitions in all',
    );
  }
  const size = program.programSize();
  if (size > largest) throw new PatternRefused('repeats too much; use smaller counts');
  return { size, test: (text) => program.test(text) };
}
