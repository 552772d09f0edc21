/** What the command line leaves open is asked for, where somebody sits at a terminal. */
import { createInterface } from 'node:readline/promises';
import { INPUT_FORM, OUTPUT_FORM, readInput, readOutput } from './bindings';
import { readAttribute } from './settings-schema';
import type { Found, Wrapping } from './wrap';

/** The answer, without spaces around it; empty: none. */
export type Ask = (question: string) => Promise<string>;

/** Undefined where nobody sits: answers that are piped in would be meant for something else. */
export function terminal(input = process.stdin, output = process.stderr): Ask | undefined {
  if (!input.isTTY) return undefined;
  return async (question) => {
    const lines = createInterface({ input, output });
    try {
      return (await lines.question(question)).trim();
    } finally {
      lines.close();
    }
  };
}

export const chooseBy =
  (ask: Ask) =>
  async (tags: readonly string[]): Promise<string> => {
    const list = tags.map((tag, index) => `  ${String(index + 1).padStart(3)}  ${tag}`).join('\n');
    for (;;) {
      const answer = await ask(`${list}\nWhich element (its number or tag)? `);
      const tag = tags[Number(answer) - 1] ?? tags.find((one) => one === answer);
      if (tag) return tag;
    }
  };

/** Attributes where no manifest has them; then what contexts set, and what events say. */
export async function askAbout(found: Found, wish: Wrapping, ask: Ask): Promise<Wrapping> {
  const { element } = found;
  const list = (names: Iterable<string> | undefined): string => [...(names ?? [])].join(', ') || 'not known';
  const attributes = element
    ? wish.attributes
    : await several(
        wish.attributes,
        'An attribute that is a setting, such as max:number=5',
        ask,
        (text) => readAttribute(text) !== undefined,
      );
  const inputs = await several(
    wish.inputs,
    `Attributes: ${list(element?.attributes.keys())}\nWhat a context sets: ${INPUT_FORM}`,
    ask,
    holds(readInput),
  );
  const outputs = await several(
    wish.outputs,
    `Events: ${list(element?.events)}\nWhat an event says: ${OUTPUT_FORM}`,
    ask,
    holds(readOutput),
  );
  return { ...wish, attributes, inputs, outputs };
}

/** As many as are said; none is asked for where the command line has some. */
async function several(given: readonly string[], what: string, ask: Ask, isOne: (text: string) => boolean): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const answers: string[] = [];
  for (;;) {
    const answer = await ask(answers.length === 0 ? `${what} (Enter: none)\n> ` : 'Another (Enter: no more)\n> ');
    if (answer === '') return answers;
    if (isOne(answer)) answers.push(answer);
  }
}

const holds =
  (read: (text: string) => unknown) =>
  (text: string): boolean => {
    try {
      read(text);
      return true;
    } catch {
      return false;
    }
  };
