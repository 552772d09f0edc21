/** Links from one file of the repository to another. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Document } from './documents.ts';

/** One line for each link that leads nowhere. */
export function brokenLinks(root: string, { path, text }: Document): string[] {
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? join(root, path) : join(root, dirname(path), decodeURIComponent(file));
    if (!existsSync(to)) return [`${path}: nothing is at ${target}`];
    if (anchor !== undefined && to.endsWith('.md') && !anchorsOf(readFileSync(to, 'utf8')).includes(anchor))
      return [`${path}: no heading is called #${anchor} in ${file || path}`];
    return [];
  });
}

const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** As GitHub makes them. */
const anchorsOf = (text: string): string[] =>
  [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
