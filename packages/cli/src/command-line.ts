/** `datamesh <command> …`: words and options to one typed command. */
import { parseArgs } from 'node:util';
import { CliError } from './problem';
import type { Target } from './registry';

export type Command =
  | { kind: 'help' }
  | { kind: 'pack'; folder: string; out: string | undefined }
  | { kind: 'publish'; folder: string; promote: string | undefined; target: Target }
  | { kind: 'promote'; name: string; version: string; channel: string; target: Target }
  | { kind: 'deprecate' | 'yank'; name: string; version: string; reason: string; target: Target }
  | { kind: 'audit-verify'; target: Target };

export const HELP = `datamesh: publish widgets

  datamesh pack <folder> [--out file.tgz]          what would be published, into a file
  datamesh publish <folder> [--promote <channel>]  publish a built remote; the same bytes again are no error
  datamesh promote <name>@<version> [--channel stable]
  datamesh deprecate <name>@<version> --reason <text>
  datamesh yank <name>@<version> --reason <text>   it resolves for nobody any more
  datamesh audit verify                            whether the registry's audit log is what was written

  --url    where the dashboard or the registry answers (DATAMESH_URL, else http://localhost:4000)
  --token  a publish token of the owning team, dmp_…; for "audit verify" the secret in bootstrap.json, dmb_… (DATAMESH_TOKEN)

Exit codes: 0 done, 1 refused, failed, or an audit log that is broken (\`code: detail\` on stderr), 2 wrong command line.
`;

const options = {
  url: { type: 'string' },
  token: { type: 'string' },
  channel: { type: 'string' },
  promote: { type: 'string' },
  reason: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export function readCommand(args: readonly string[], defaults: { url: string; token: string | undefined }): Command {
  const { values, positionals } = parse(args);
  const [command, subject, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') return { kind: 'help' };
  if (rest.length > 0) throw usage(`did not expect "${rest.join(' ')}"`);
  const target = (): Target => {
    const token = values.token ?? defaults.token;
    if (!token) throw usage(`${command} needs --token or DATAMESH_TOKEN`);
    const url = values.url ?? defaults.url;
    if (!URL.canParse(url) || !/^https?:/.test(url)) throw usage(`${url} is no http address`);
    return { url, token };
  };
  const folder = (): string => subject ?? missing(`${command} needs the remote's folder`);
  const reason = (): string => values.reason ?? missing(`${command} needs --reason`);
  switch (command) {
    case 'pack':
      return { kind: 'pack', folder: folder(), out: values.out };
    case 'publish':
      return { kind: 'publish', folder: folder(), promote: values.promote, target: target() };
    case 'promote':
      return { kind: 'promote', ...version(command, subject), channel: values.channel ?? 'stable', target: target() };
    case 'deprecate':
    case 'yank':
      return { kind: command, ...version(command, subject), reason: reason(), target: target() };
    case 'audit':
      if (subject !== 'verify') throw usage('audit knows one word: verify');
      return { kind: 'audit-verify', target: target() };
    default:
      throw usage(`there is no command "${command}"`);
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function version(command: string, subject: string | undefined): { name: string; version: string } {
  const [, name, wanted] = subject?.match(/^([a-z][a-z0-9-]*)@(.+)$/) ?? [];
  return name && wanted ? { name, version: wanted } : missing(`${command} needs <name>@<version>`);
}

function missing(text: string): never {
  throw usage(text);
}

const usage = (text: string): CliError => new CliError('usage', `${text}; see datamesh --help`, 2);
