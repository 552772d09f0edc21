/** What our own widgets say is there in German: every text that their code hands to `say`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const REMOTES = join(import.meta.dirname, '../../remotes');
/** In either kind of quotes, which are a group of their own. */
const TEXT = String.raw`(?<quote>['"])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>`;
const plain = (text: string): string => text.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));

interface Widget {
  /** All of its code but its words. */
  code: string;
  words: string;
}

function read(remote: string): Widget {
  const folder = join(REMOTES, remote, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(ts|tsx|vue|svelte)$/.test(name) && !name.endsWith('.test.ts'),
  );
  const isWords = (name: string): boolean =>
    /(^|\/)(words|german[-\w]*)\.ts$/.test(name) && /\bde: |GERMAN/.test(readFileSync(join(folder, name), 'utf8'));
  const text = (names: string[]): string => names.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  return { code: text(files.filter((name) => !isWords(name))), words: text(files.filter(isWords)) };
}

/** Texts in the first argument of each `say(`: one, or what a condition chooses from; not what the condition compares with. */
function said(code: string): string[] {
  const found: string[] = [];
  for (const { index } of code.matchAll(/\bsay\(/g)) {
    let depth = 0;
    const rest = code.slice(index + 'say('.length, index + 1000);
    for (const token of rest.matchAll(new RegExp(`${TEXT}|[(){}\\[\\],]`, 'g'))) {
      const text = token.groups?.['text'];
      if (text !== undefined) {
        if (text !== '' && depth === 0 && !/[!=]==\s*$/.test(rest.slice(0, token.index))) found.push(plain(text));
      } else if (/[([{]/.test(token[0])) depth += 1;
      else if (depth === 0) break;
      else if (/[)\]}]/.test(token[0])) depth -= 1;
    }
  }
  return found;
}

const translated = (words: string): string[] =>
  [...words.matchAll(new RegExp(`(?:${TEXT}|\\b(?<name>[A-Za-z]\\w*)):\\s*(?=['"\`])`, 'g'))].map(({ groups }) =>
    plain(groups?.['text'] ?? groups?.['name'] ?? ''),
  );

describe.each(readdirSync(REMOTES).filter((name) => !name.startsWith('.')))('%s', (remote) => {
  const { code, words } = read(remote);
  const german = new Set(translated(words));

  it('says nothing that is missing in German', () => {
    const texts = said(code);
    expect(texts.length).toBeGreaterThan(5);
    expect([...new Set(texts)].filter((text) => !german.has(text))).toEqual([]);
  });
});
