import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listsIn } from './lists';

it('finds the lists at the top that a parser finds, whatever stands in and around them', async () => {
  const key = fc.oneof(fc.constantFrom('columns', 'rows', 'caption'), fc.stringMatching(/^[a-z:,[\]{} é]*$/));
  const table = fc.dictionary(key, fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom([], '"rows":[', ['\\', '"'])), {
    noNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(undefined, 2, '\t'), async (given, indent) => {
      const wanted = Object.entries(given)
        .filter(([, value]) => Array.isArray(value))
        .map(([name]) => name);
      expect([...(await listsIn(Buffer.from(JSON.stringify(given, null, indent))))].sort()).toEqual(wanted.sort());
    }),
  );
});

it('takes nothing else for one', async () => {
  for (const text of ['', '[]', '[["columns",[]]]', '{"a":{"columns":[],"rows":[]}}', '"columns":[]', '{"columns"', '{"columns":"[]"}'])
    expect([...(await listsIn(Buffer.from(text)))], text).toEqual([]);
});

it('lets others go on meanwhile', async () => {
  const large = Buffer.from(JSON.stringify({ columns: [], rows: Array.from({ length: 200_000 }, (_, index) => ({ index })) }));
  let turns = 0;
  let done = false;
  const turn = (): void => {
    turns++;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  expect([...(await listsIn(large))]).toEqual(['columns', 'rows']);
  done = true;
  expect(turns).toBeGreaterThan(10);
});
