import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, type Json, merged } from './json';

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, 0, 1, '1', 'a', ''),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }) as fc.Arbitrary<Json>,
    fc.uniqueArray(
      fc.record({ name: fc.constantFrom('x', 'y', 'z'), dataType: fc.constantFrom('LONG', 'STRING') }) as fc.Arbitrary<{ name: string }>,
      { selector: ({ name }) => name, maxLength: 3 },
    ) as fc.Arbitrary<Json>,
    fc.array(fc.constantFrom('path', 'host'), { maxLength: 2 }) as fc.Arbitrary<Json>,
  ),
}));

describe('difference of configurations', () => {
  it('is none once what is wanted has been merged in, whatever was there', () => {
    fc.assert(
      fc.property(value, value, (wanted, is) => {
        expect(differences(wanted, merged(is, wanted))).toEqual([]);
      }),
    );
  });

  it('is none between a value and itself, and merging it changes nothing', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(differences(one, one)).toEqual([]);
        expect(merged(one, one)).toEqual(one);
      }),
    );
  });

  it('says where, what is there and what is wanted', () => {
    const wanted: Json = { columns: [{ name: 'ts', dataType: 'LONG' }, { name: 'new' }], index: ['a', 'b'], replication: '2', on: true };
    const is: Json = { columns: [{ name: 'own' }, { name: 'ts', dataType: 'INT' }], index: ['a'], replication: 2, extra: 1 };
    expect(differences(wanted, is)).toEqual([
      { path: 'columns[ts].dataType', is: 'INT', wanted: 'LONG' },
      { path: 'columns[new]', is: undefined, wanted: { name: 'new' } },
      { path: 'index', is: ['a'], wanted: ['a', 'b'] },
      { path: 'on', is: undefined, wanted: true },
    ]);
    expect(merged(is, wanted)).toEqual({
      columns: [{ name: 'own' }, { name: 'ts', dataType: 'LONG' }, { name: 'new' }],
      index: ['a', 'b'],
      replication: '2',
      extra: 1,
      on: true,
    });
  });
});
