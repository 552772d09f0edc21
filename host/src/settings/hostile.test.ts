/** Schemas and settings that no form was made for: an answer comes, whatever it is, and the page goes on. */
import type { RJSFSchema } from '@rjsf/utils';
import { getDefaultFormState } from '@rjsf/utils';
import { describe, expect, it } from 'vitest';
import { formSchema, pageSchema } from '../schema/linear-validation';
import { interpretingValidator } from './interpreting-validator';

const validator = interpretingValidator<Record<string, unknown>, object>();
const mistakesOf = (schema: RJSFSchema, value: Record<string, unknown>): (string | undefined)[] =>
  validator.validateFormData(value, pageSchema(schema) as RJSFSchema).errors.map(({ name }) => name);

function chain(depth: number): Record<string, unknown> {
  let value: Record<string, unknown> = {};
  for (let i = 0; i < depth; i++) value = { next: value };
  return value;
}

const node = { type: 'object', properties: { name: { type: 'string' }, next: { $ref: '#/$defs/node' } } } as const;
const recursive: RJSFSchema = { $defs: { node }, type: 'object', properties: { root: { $ref: '#/$defs/node' } } };
const circular: RJSFSchema = {
  $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } },
  type: 'object',
  properties: { x: { $ref: '#/$defs/a' } },
};

const holdsItself: Record<string, unknown> = {};
const holdsItselfTwice: Record<string, unknown> = {};
const options = Array.from({ length: 10_000 }, (_, i) => `o${i}`);
const many: RJSFSchema = { type: 'object', properties: { of: { type: 'string', enum: options } } };

/** Refused at publish today; a version from before is shown with as much of its schema as can be used. */
describe.each([
  ['that contains itself', recursive, { root: chain(90) }],
  ['that is nothing but itself', circular, { x: 1 }],
  ['with ten thousand options', many, { of: 'o9999' }],
])('a schema %s', (_name, schema, value) => {
  it('lets every value through, and fills the form', () => {
    expect(mistakesOf(schema, value)).toEqual([]);
    const usable = formSchema(pageSchema(schema)) as RJSFSchema;
    expect(getDefaultFormState(validator, usable, {}, usable)).toBeDefined();
  });
});

it.each([
  ['of 5,000 levels', chain(5_000)],
  ['that holds itself', Object.assign(holdsItself, { self: holdsItself })],
  ['that holds itself twice', Object.assign(holdsItselfTwice, { one: holdsItselfTwice, another: holdsItselfTwice })],
])('a value %s is too much to check, whatever the schema', (_name, value) => {
  for (const schema of [recursive, circular, many]) expect(mistakesOf(schema, value)).toEqual(['budget']);
});
