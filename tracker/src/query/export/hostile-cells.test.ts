/** Whatever senders put into an event, a file of it reads back as that: no cell becomes two, none a formula, and none ends the file. */
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../calendar';
import { csvOf } from './csv';
import { parquetOf } from './parquet';
import { topTable } from './table';

const zone = { zone: 'UTC', calendar: new Calendar('UTC') };
async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** As a spreadsheet reads it (RFC 4180). */
function cellsIn(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (text.startsWith('\r\n', at)) {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at++;
    } else cell += character;
  }
  return rows;
}

const mark = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '"',
  ',',
  ';',
  "'",
  '＝',
  '＋',
  '－',
  '＠',
  '\u0000',
  '\u2028',
  '\ufeff',
  'a',
  ' ',
);
const text = fc.oneof(
  fc.array(mark, { maxLength: 12 }).map((marks) => marks.join('')),
  fc.string({ unit: 'grapheme' }),
  fc.constant('x'.repeat(50_000)),
);
const item = fc.record({ value: text, views: fc.nat(), visitors: fc.nat(), dwellMs: fc.option(fc.nat()) });
const items = fc.array(item, { maxLength: 30 });

describe('a file of any texts', () => {
  it('as CSV has a row for each, whose cells are what they were, and nothing that a spreadsheet would run', async () => {
    await fc.assert(
      fc.asyncProperty(items, async (given) => {
        const rows = cellsIn((await whole(csvOf(topTable('path', given as never), zone))).toString('utf8')).slice(1);
        expect(rows.map(([value = '']) => value.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, ''))).toEqual(
          // An apostrophe of the text itself stays where nothing was put before it.
          given.map(({ value }) => value.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')),
        );
        for (const [value = '', ...figures] of rows) {
          expect(value).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
          expect(figures).toHaveLength(3);
        }
      }),
    );
  });

  it('as Parquet reads back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(items, async (given) => {
        const file = new Uint8Array(await whole(parquetOf(topTable('path', given as never), zone))).buffer;
        const rows = await parquetReadObjects({ file });
        // The reader, not the file, takes a byte order mark away.
        const texts = given.map(({ value }) => value.replace(/^\ufeff/, ''));
        expect(rows.map(({ path }) => path as string)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  });
});
