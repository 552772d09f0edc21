/** Ajv for settings schemas, with patterns on an engine that cannot hang. Only ever in a thread: compiling takes its time too. */
import { linearPattern } from '@datamesh/contracts/settings';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';

const regExp = Object.assign(
  (source: string) => {
    const pattern = linearPattern(source);
    return { test: (text: string) => pattern.test(text), toString: () => source };
  },
  { code: 'linearPattern' },
);

/** A validator of its own for each schema: an $id must not stay behind for the next one. References are never fetched. */
export const settingsValidator = (options: Options = {}): Ajv2020 =>
  new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false, ...options, code: { regExp } });
