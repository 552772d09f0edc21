/** What the documents show, to be tried as it stands there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** The text below a heading of the second level, down to the next. */
async function below(document: string, heading: string): Promise<string> {
  const text = await readFile(join(ROOT, document), 'utf8');
  const [, after] = text.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`${document} has no heading “${heading}”`);
  return after.split('\n## ')[0] ?? '';
}

/** The commands of the first `sh` block below a heading; one that goes on in the next line is one. */
export async function commandsOf(document: string, heading: string): Promise<string[]> {
  const [, block] = (await below(document, heading)).match(/```sh\n([\s\S]*?)```/) ?? [];
  if (!block) throw new Error(`${document} has no commands below “${heading}”`);
  return block
    .trim()
    .replace(/\\\n\s*/g, '')
    .split('\n');
}

/** The first `js` block below a heading that begins with the file's name as a comment; undefined where there is none. */
export async function configOf(document: string, heading: string): Promise<{ name: string; text: string } | undefined> {
  const [, name, text] = (await below(document, heading)).match(/```js\n\/\/ (\S+)\n([\s\S]*?)```/) ?? [];
  return name && text ? { name, text } : undefined;
}

/** The first `js` block of a document. */
export async function firstSample(document: string): Promise<string> {
  const [, text] = (await readFile(join(ROOT, document), 'utf8')).match(/```js\n([\s\S]*?)```/) ?? [];
  if (!text) throw new Error(`${document} shows no JavaScript`);
  return text;
}
