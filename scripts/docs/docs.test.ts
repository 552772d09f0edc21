import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { missingTests } from './citations.ts';
import { brokenLinks } from './links.ts';

const root = mkdtempSync(join(tmpdir(), 'documents-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const guide = (text: string) => ({ path: 'docs/guide.md', text });

describe('a link', () => {
  write('docs/guide.md', '# A guide\n\n## What it’s for: `x` and y\n\n| <a id="a_row"></a>A row |\n');
  write('README.md', '# It\n');

  it.each([
    '[it](../README.md)',
    '[it](guide.md#what-its-for-x-and-y)',
    '[it](#a-guide)',
    '[it](#a_row)',
    '[it](https://example.com)',
    '```\n[x](nowhere)\n```',
  ])('leads somewhere: %s', (text) => expect(brokenLinks(root, guide(`# A guide\n\n${text}`))).toEqual([]));

  it.each([
    ['[it](README.md)', 'docs/guide.md: nothing is at README.md'],
    ['[it](../README.md#that)', 'docs/guide.md: nothing is called #that in ../README.md'],
    ['[it](#that)', 'docs/guide.md: nothing is called #that in docs/guide.md'],
  ])('leads nowhere: %s', (text, said) => expect(brokenLinks(root, guide(text))).toEqual([said]));
});

describe('a test that is cited', () => {
  write('room/some.test.ts', "it('takes a thing', () => {});\nit('refuses %s', () => {});\n");

  it('is there by file and name, over the ends of lines', () => {
    const text = 'Taken: `room/some.test.ts` › "takes\na thing", "refuses %s"; also › "takes a thing". As one says, "whatever".';
    expect(missingTests(root, guide(text))).toEqual([]);
  });

  it.each([
    ['`room/some.test.ts` › "takes two"', 'docs/guide.md: room/some.test.ts has no test “takes two”'],
    ['`room/some.test.ts` › "takes a thing", "takes two"', 'docs/guide.md: room/some.test.ts has no test “takes two”'],
    ['`room/other.e2e.ts` › "takes a thing"', 'docs/guide.md: there is no room/other.e2e.ts'],
  ])('is missing: %s', (text, said) => expect(missingTests(root, guide(text))).toEqual([said]));
});
