import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..');

/** What names a side of the screen, and so stays where it is when a language is written from right to left. */
const SIDE =
  /^\s*((margin|padding|border)-(left|right)\b.*|border-(top|bottom)-(left|right)-radius\b.*|text-align: (left|right)|float: (left|right)|(left|right): .*);$/;

/** By file: places on the screen that are the same in every language. */
const MEANT: Record<string, string[]> = {
  // In the middle, by half of its own width.
  'styles/shell.css': ['left: 50%;'],
  // Where the pointer is.
  'workspace/editing/editing.css': ['left: 0;'],
};

it('says start and end, so that the page turns around with the direction of its language', () => {
  const found = globSync('**/*.css', { cwd: SOURCES }).map((file) => {
    const lines = readFileSync(join(SOURCES, file), 'utf8').split('\n');
    return [file.replaceAll('\\', '/'), lines.filter((line) => SIDE.test(line)).map((line) => line.trim())] as const;
  });
  expect(found.length).toBeGreaterThan(10);
  expect(Object.fromEntries(found.filter(([, sides]) => sides.length > 0))).toEqual(MEANT);
});
