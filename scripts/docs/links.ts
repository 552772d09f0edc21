/** Links from one file of the repository to another. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Document } from './documents.ts';

/** One line for each link that leads nowhere. */
export function brokenLinks(root: string, { path, text }: Document): string[] {
  const known = new Map<string, ReadonlySet<string>>();
  const anchorsIn = (file: string): ReadonlySet<string> => {
    const anchors = known.get(file) ?? new Set(anchorsOf(readFileSync(file, 'utf8')));
    known.set(file, anchors);
    return anchors;
  };
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const to = file === '' ? join(root, path) : join(root, dirname(path), decodeURIComponent(file));
    if (!existsSync(to)) return [`${path}: nothing is at ${target}`];
    if (anchor !== undefined && to.endsWith('.md') && !anchorsIn(to).has(anchor))
      return [`${path}: nothing is called #${anchor} in ${file || path}`];
    return [];
  });
}

const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** Of headings, as GitHub makes them, and of what is given a name. */
const anchorsOf = (text: string): string[] => [
  ...[...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  ),
  ...[...prose(text).matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
];
