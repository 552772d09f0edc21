import { expect, it } from 'vitest';
import { later } from './later';

class Book {
  readonly #lines: string[] = [];
  write(line: string): number {
    return this.#lines.push(line);
  }
  async read(): Promise<string> {
    return this.#lines.join(' ');
  }
}

it('fetches nothing before something is asked for, and carries out in turn what was asked for meanwhile', async () => {
  let loads = 0;
  let come = (_: Book): void => undefined;
  const book = later(() => {
    loads += 1;
    return new Promise<Book>((resolve) => (come = resolve));
  });
  expect(loads).toBe(0);
  const asked = [book.write('one'), book.write('two'), book.read()];
  come(new Book());
  expect(await Promise.all(asked)).toEqual([1, 2, 'one two']);
  expect(loads).toBe(1);
});

it('fetches anew for the next who asks, after it did not come', async () => {
  let loads = 0;
  const book = later(async () => {
    loads += 1;
    if (loads === 1) throw new Error('no connection');
    return new Book();
  });
  await expect(book.write('lost')).rejects.toThrow('no connection');
  expect(await book.write('one')).toBe(1);
});

it('is handed on by a promise as it is', async () => {
  let loads = 0;
  const book = later(async () => {
    loads += 1;
    return new Book();
  });
  const handed = await Promise.resolve({ book }).then(async (shelf) => shelf.book);
  expect(loads).toBe(0);
  expect(await handed.write('one')).toBe(1);
});
