/** A secret from the person at the terminal, or from what is piped in. It never stands on a command line, where others can read it. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

export async function askSecret(question: string, input = process.stdin, output = process.stderr): Promise<string> {
  if (!input.isTTY) return text(input);
  output.write(question);
  // What is typed is not shown.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    output.write('\n');
  }
}
