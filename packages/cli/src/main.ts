#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { type Command, HELP, readCommand } from './command-line';
import { config } from './config';
import { pack } from './pack';
import { CliError } from './problem';
import { deprecate, promote, publish, verifyAudit, yank } from './registry';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function run(command: Command): Promise<void> {
  switch (command.kind) {
    case 'help':
      return say(HELP.trimEnd());
    case 'pack': {
      const packed = await pack(command.folder);
      const out = command.out ?? `${packed.name}-${packed.version}.tgz`;
      await writeFile(out, packed.bytes);
      for (const { path, bytes } of packed.files) say(`${String(bytes.length).padStart(9)}  ${path}`);
      return say(`${out}: ${packed.bytes.length} bytes`);
    }
    case 'publish': {
      const packed = await pack(command.folder);
      const { created } = await publish(command.target, packed);
      say(`${packed.name}@${packed.version} ${created ? 'published' : 'was published before with the same bytes'}`);
      if (command.promote === undefined) return;
      await promote(command.target, packed.name, command.promote, packed.version);
      return say(`${packed.name}@${command.promote} is now ${packed.version}`);
    }
    case 'promote':
      await promote(command.target, command.name, command.channel, command.version);
      return say(`${command.name}@${command.channel} is now ${command.version}`);
    case 'deprecate':
      await deprecate(command.target, command.name, command.version, command.reason);
      return say(`${command.name}@${command.version} is deprecated`);
    case 'yank':
      await yank(command.target, command.name, command.version, command.reason);
      return say(`${command.name}@${command.version} is yanked`);
    case 'audit-verify': {
      const { entries, head } = await verifyAudit(command.target);
      return say(`the audit log is whole: ${entries} entries${head ? `, the last with hash ${head.hash}` : ''}`);
    }
  }
}

try {
  await run(readCommand(process.argv.slice(2), config()));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(`${error.code}: ${error.detail}\n`);
  process.exitCode = error.exitCode;
}
