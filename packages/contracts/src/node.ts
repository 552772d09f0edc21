/** For servers and the CLI: the bundled API documents and compiled validators. Never imported by the page (Ajv compiles). */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import registryDocument from './generated/registry.openapi.json' with { type: 'json' };
import trackerDocument from './generated/tracker.openapi.json' with { type: 'json' };
import { isTitle, titleRule } from './titles';

export { registryDocument, trackerDocument };

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;
// The documents are ours: whoever starts does not look whether their schemas are schemas.
const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, validateSchema: false });
addFormats(ajv);
ajv.addFormat('title', isTitle);
ajv.addSchema({ $id: 'registry', components: registryDocument.components });

/** Compiled when something is to be checked for the first time: few processes check everything. */
function validatorOf(name: string): () => ValidateFunction {
  let compiled: ValidateFunction | undefined;
  return () => {
    compiled ??= ajv.compile({ $ref: `registry#/components/schemas/${name}` });
    return compiled;
  };
}

const widgetManifest = validatorOf('WidgetManifest');
const layoutContent = validatorOf('LayoutContent');
const layoutFile = validatorOf('LayoutFile');
const layoutsIndex = validatorOf('LayoutsIndex');

export interface Mistake {
  /** JSON pointer, '' for the whole document. */
  path: string;
  message: string;
}

export const checkWidgetManifest = (value: unknown): Mistake[] => check(widgetManifest, value);
export const checkLayoutContent = (value: unknown): Mistake[] => check(layoutContent, value);
export const checkLayoutFile = (value: unknown): Mistake[] => check(layoutFile, value);
export const checkLayoutsIndex = (value: unknown): Mistake[] => check(layoutsIndex, value);

function check(validator: () => ValidateFunction, value: unknown): Mistake[] {
  const validate = validator();
  if (validate(value)) return [];
  return (validate.errors ?? []).map(describe);
}

function describe(error: ErrorObject): Mistake {
  if (error.keyword === 'format' && error.params['format'] === 'title') return { path: error.instancePath, message: titleRule };
  if (error.keyword !== 'additionalProperties') return { path: error.instancePath, message: error.message ?? error.keyword };
  const unknown = String(error.params['additionalProperty']);
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  const near = nearest(unknown, known);
  return {
    path: `${error.instancePath}/${unknown}`,
    message: `unknown key "${unknown}"${near ? `, did you mean "${near}"?` : ''}`,
  };
}

/** The known key with the smallest edit distance, if it is at all close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
