import type { OutputUnit } from '@cfworker/json-schema';
import {
  type CustomValidator,
  createErrorHandler,
  type ErrorTransformer,
  getDefaultFormState,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  type UiSchema,
  unwrapErrorHandler,
  type ValidationData,
  type ValidatorType,
  validationDataMerge,
} from '@rjsf/utils';
import { i18n } from '../language/i18n';
import { mistakesIn, TooMuchToCheck } from '../schema/linear-validation';

/** What Ajv calls `property`: ".points.0" of "#/points/0". */
const propertyOf = (unit: OutputUnit): string => unit.instanceLocation.slice(1).replaceAll('/', '.');

/** Only the leaves say something to a person: "properties" and the like merely repeat that something below is wrong. */
const WRAPPERS = new Set([
  'properties',
  'items',
  'prefixItems',
  'allOf',
  '$ref',
  'additionalProperties',
  'patternProperties',
  'if',
  'dependentSchemas',
  'false',
]);

/** What the validator says in a programmer's words. The others name the limit, which helps. */
const plain = (): Record<string, string> => ({
  pattern: i18n.t('This does not have the expected form.'),
  format: i18n.t('This does not have the expected form.'),
  uniqueItems: i18n.t('Each entry may occur only once.'),
  enum: i18n.t('This is not one of the choices.'),
  const: i18n.t('This is not one of the choices.'),
});

const kinds = (): Record<string, string> => ({
  integer: i18n.t('This must be a whole number.'),
  number: i18n.t('This must be a number.'),
  string: i18n.t('This must be a text.'),
  boolean: i18n.t('This must be on or off.'),
});

/** Null is what an entry has that was added and is still empty. */
function typeMessage({ keyword, error }: OutputUnit): string | undefined {
  const [, actual = '', expected = ''] =
    keyword === 'type' ? (/^Instance type "(.*)" is invalid\. Expected "(.*)"\.$/.exec(error) ?? []) : [];
  return actual === 'null' ? i18n.t('This is needed.') : kinds()[expected];
}

function toRjsf(unit: OutputUnit): RJSFValidationError {
  // A missing property is reported at the object; rjsf wants it at the property itself.
  const missing = unit.keyword === 'required' ? /required property "([^"]+)"/.exec(unit.error)?.[1] : undefined;
  const property = missing === undefined ? propertyOf(unit) : `${propertyOf(unit)}.${missing}`;
  const message = missing === undefined ? (plain()[unit.keyword] ?? typeMessage(unit) ?? unit.error) : i18n.t('This is needed.');
  return { name: unit.keyword, property, message, stack: `${property} ${message}`, schemaPath: unit.keywordLocation };
}

/** An @rjsf validator that walks the schema instead of compiling it: nothing for a strict CSP to refuse. */
export function interpretingValidator<T, F extends object>(): ValidatorType<T, RJSFSchema, F> {
  const run = (schema: RJSFSchema, data: unknown, root?: RJSFSchema): OutputUnit[] => {
    const withRoot =
      (root?.['$defs'] ?? root?.definitions) ? { ...schema, $defs: root?.['$defs'], definitions: root?.definitions } : schema;
    return mistakesIn(withRoot, data === undefined ? {} : data);
  };
  /** What cannot be checked in time is a mistake of the whole: nothing of it reaches the widget. */
  const mistakes = (schema: RJSFSchema, data: unknown): OutputUnit[] => {
    try {
      return run(schema, data);
    } catch (error) {
      if (!(error instanceof TooMuchToCheck)) throw error;
      const unit = { instanceLocation: '#', keywordLocation: '#', keyword: 'budget' };
      return [
        { ...unit, error: i18n.t('This is too much to check. Enter less, or ask who publishes the widget to simplify its settings.') },
      ];
    }
  };
  return {
    rawValidation: <Result>(schema: RJSFSchema, data?: T) => {
      try {
        return { errors: run(schema, data) as Result[] };
      } catch (error) {
        return { validationError: error as Error };
      }
    },
    isValid: (schema, data, root) => {
      try {
        return run(schema, data, root).length === 0;
      } catch {
        // rjsf asks about every branch of a oneOf; a branch that is no schema fits nothing.
        return false;
      }
    },
    validateFormData(
      data: T | undefined,
      schema: RJSFSchema,
      custom?: CustomValidator<T, RJSFSchema, F>,
      transform?: ErrorTransformer<T, RJSFSchema, F>,
      ui?: UiSchema<T, RJSFSchema, F>,
    ): ValidationData<T> {
      let errors = mistakes(schema, data)
        .filter((unit) => !WRAPPERS.has(unit.keyword))
        .map(toRjsf);
      if (transform) errors = transform(errors, ui);
      const result: ValidationData<T> = { errors, errorSchema: toErrorSchema<T>(errors) };
      if (!custom) return result;
      const filled = getDefaultFormState<T, RJSFSchema, F>(this, schema, data, schema, true) as T;
      const handler = custom(filled, createErrorHandler<T>(filled), ui, result.errorSchema);
      return validationDataMerge<T>(result, unwrapErrorHandler<T>(handler));
    },
  };
}
