/** The texts of the page: what its sources say, how a language says it, and what the page loads of it. */
import { readFileSync } from 'node:fs';
import { getCatalogs } from '@lingui/cli/api';
import { makeConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { codeOf, messageOf } from '../setup/failure.ts';
import { at } from '../setup/repository.ts';

/** The language that the sources are written in: a text's id is the text. */
const SOURCE = 'en';
/** Each has a catalog beside the code, for those who translate. */
const TRANSLATED = ['de'];

const config = makeConfig({
  rootDir: at(),
  sourceLocale: SOURCE,
  locales: TRANSLATED,
  orderBy: 'messageId',
  catalogs: [
    { path: '<rootDir>/host/src/language/catalogs/{locale}', include: ['<rootDir>/host/src'], exclude: ['**/*.test.ts', '**/*.test.tsx'] },
  ],
  // Files say where a text is read; lines would change with every edit.
  format: formatter({ lineNumbers: false, explicitIdAsDefault: true, printPlaceholdersInComments: false }),
});

/**
 * What the sources say now, file by file: `files` is what should stand on disk, `missing` the texts that a language does not have yet, as
 * "de: Share…". Texts that nobody uses any more are left out. Throws where a source cannot be read, or a text is no ICU message.
 */
export async function currentCatalogs(): Promise<{ files: Map<string, string>; missing: string[] }> {
  const [catalog] = await getCatalogs(config);
  const found = await catalog?.collect();
  if (!catalog || !found) throw new Error('The texts of host/src cannot be extracted: see above.');
  const ids = Object.keys(found).sort();
  const files = new Map([[generated(SOURCE), compiled(ids.filter(needsCompiling).map((id) => [id, id]))]]);
  const missing: string[] = [];
  const languages = catalog.merge(await catalog.readAll(), found, {});
  for (const [language, texts] of Object.entries(languages)) {
    const used = Object.fromEntries(ids.map((id) => [id, texts[id] ?? {}]));
    const file = catalog.getFilename(language);
    files.set(file, await catalog.format.serialize(file, used, language, read(file)));
    const translated = ids.map((id) => [id, used[id]?.translation ?? ''] as const);
    missing.push(...translated.filter(([, text]) => text === '').map(([id]) => `${language}: ${id}`));
    files.set(generated(language), compiled(translated.filter(([, text]) => text !== '')));
  }
  return { files, missing };
}

const generated = (language: string): string => at(`host/src/language/generated/${language}.json`);

export const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Plain texts and `{name}` are made by the page itself (host/src/language/i18n.ts): of English it loads only plurals and the like. */
const needsCompiling = (id: string): boolean => /\{\s*\w+\s*,/.test(id);

/** One text a line, so that two branches that add texts can be merged. */
function compiled(texts: readonly (readonly [id: string, text: string])[]): string {
  const lines = texts.map(([id, text]) => `  ${JSON.stringify(id)}: ${JSON.stringify(parsed(text))}`);
  return lines.length > 0 ? `{\n${lines.join(',\n')}\n}\n` : '{}\n';
}

function parsed(text: string) {
  try {
    return compileMessageOrThrow(text);
  } catch (error) {
    throw new Error(`“${text}” is no ICU message: ${messageOf(error)}`);
  }
}
