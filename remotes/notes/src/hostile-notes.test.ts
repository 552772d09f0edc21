/**
 * Whoever may edit a layout writes notes, and everybody who opens it has them parsed in their own page, where nothing else goes on meanwhile. Whatever
 * is written is either shown or refused soon: each of these took a page seconds or minutes, and the test ends by its time-out where one does again.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooMuchMarkup } from './bounded';
import { type Block, parseMarkdown, tasksOf, toggleTask } from './markdown';

/** What the widget's settings let a note hold. */
const LONGEST = 20_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(LONGEST / piece.length)).slice(0, LONGEST);

/** The tree, or null where it is shown as plain text. */
function read(text: string): Block[] | null {
  try {
    return parseMarkdown(text);
  } catch (error) {
    if (error instanceof TooMuchMarkup) return null;
    throw error;
  }
}

// biome-ignore format: one a line would hide how alike they are
const PIECES = ['a@*', 'a@_', '*a>', '$_', '*a [', '*a|', 'a*_', '- [x] a\n|', '**a*(', '*a<', 'a@b.*', '*a _', "'*", '*a_', 'www._', 'http://*', '_a_', ')[', '- [x] a\n<',
  'a_ba', 'a\n-\n', '1. ', '+ >', '> ', '- ', '  - >', ' ', '[', '![', '`', '``a', '<a ', '</', '<!--', '[a]: ', '[a][', '](', '&', '\\', '~~', '|a', '> > ', '\n', '[](<'];

describe('a note', () => {
  it.each(PIECES)('of nothing but %j is shown or refused', (piece) => {
    for (const text of [filled(piece), `a${filled(piece).slice(2)}b`]) read(text);
  });

  it.each([
    ['a table whose rows have thousands of cells each', `|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}\n${'|b\n'.repeat(2500)}`],
    ['lists in lists', Array.from({ length: 140 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['quotes in quotes', `${'> '.repeat(2000)}a`],
  ])('of %s is refused', (_what, text) => {
    expect(read(text)).toBeNull();
  });

  it('of any of that, mixed, is shown or refused', () => {
    const mixed = fc.array(fc.tuple(fc.constantFrom(...PIECES, 'word ', '\n\n'), fc.integer({ min: 1, max: 2000 })), { maxLength: 12 });
    fc.assert(
      fc.property(
        mixed,
        (parts) =>
          void read(
            parts
              .map(([piece, times]) => piece.repeat(times))
              .join('')
              .slice(0, LONGEST),
          ),
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['of bold words and links, line after line without a paragraph', 'Some **bold** words, a [link](https://x.test/) and `code` in it.\n'],
    ['of many short headings', '# Part\n\ntext\n\n'],
    ['of a long list', '- one _more_ thing\n'],
    ['of a table of three columns', '| a | b | c |\n|---|---|---|\n', '| 1 | **2** | [3](https://x.test/) |\n'],
    ['of plain prose', 'It was a dark and stormy night; the rain fell in torrents, except at occasional intervals. '],
  ])('as people write them, %s, is shown up to its greatest length', (_what, first, more = first) => {
    expect(read(first + filled(more).slice(first.length))).not.toBeNull();
  });
});

describe('a task', () => {
  it('of thousands is ticked', () => {
    const text = filled('- [ ] a\n');
    const last = tasksOf(parseMarkdown(text)).length - 1;
    const changed = toggleTask(text, last) ?? '';
    expect(tasksOf(parseMarkdown(changed)).filter(Boolean)).toHaveLength(1);
    expect(toggleTask(changed, last)).toBe(text);
  });

  it('behind thousands of boxes that are none is ticked as well', () => {
    const text = `${'`[ ]` '.repeat(1000)}\n\n- [ ] a\n\n${'`[x]` '.repeat(700)}`;
    expect(toggleTask(text, 0)).toBe(text.replace('- [ ]', '- [x]'));
  });

  it('among any boxes: the one that is meant, alone', () => {
    const line = fc.constantFrom(
      '- [ ] a',
      '- [x] b',
      '  - [ ] c',
      '`[ ]`',
      'see [x]',
      '> - [x] d',
      '1. [ ] e',
      '',
      '```\n- [ ] f\n```',
      '[ ](https://x.test/)',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        const before = tasksOf(parseMarkdown(text));
        for (const index of before.keys()) {
          const changed = toggleTask(text, index);
          expect(changed).not.toBeNull();
          expect(tasksOf(parseMarkdown(changed ?? ''))).toEqual(before.map((done, place) => (place === index ? !done : done)));
        }
      }),
      { numRuns: 60 },
    );
  });
});
