#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelState, Trust } from '@datamesh/contracts';
import { createArgoCd } from './argocd/argocd';
import { resume, rollback } from './argocd/rollback';
import { checkFolder } from './check/check';
import { checkMount } from './check/mount';
import { type Command, readCommand, type TokenScope } from './command-line';
import { config } from './config';
import { create } from './create/create';
import { terminal } from './create/wrap/questions';
import { initDeployment } from './deploy/init';
import { HELP } from './help';
import { pull } from './layouts/pull';
import { push } from './layouts/push';
import { askSecret } from './login/ask';
import { readCredentials } from './login/credentials';
import { login, logout } from './login/login';
import { pack } from './pack';
import { printable } from './printable';
import { CliError } from './problem';
import {
  addTrust,
  deployments,
  deprecate,
  hold,
  lift,
  promote,
  publish,
  release,
  removeTrust,
  trusts,
  uses,
  verifyAudit,
  yank,
} from './registry';
import { findChromium } from './workbench/chromium';
import { dev } from './workbench/dev';

/** With package.json and templates/, as built and as installed. */
const HOME = join(import.meta.dirname, '..');
/** The workbench's own page, built beside the program. */
const PAGE = join(HOME, 'dist/workbench');
const TOKEN_PAGE = '/api/v1/session/tokens/new';
const settings = config();

const say = (text: string): void => void process.stdout.write(`${printable(text)}\n`);
const warn = (warnings: readonly { code: string; detail: string }[]): void => {
  for (const { code, detail } of warnings) process.stderr.write(printable(`warning: ${code}: ${detail}\n`));
};

async function run(command: Command): Promise<void> {
  switch (command.kind) {
    case 'help':
      return say(HELP.trimEnd());
    case 'create': {
      const { folder, files, notes } = await create(command.creation, { home: HOME, npm: settings.npm, ask: terminal() });
      for (const file of files) say(`  ${file}`);
      for (const note of notes) say(`note: ${note}`);
      return say(`${folder} is made. Next: cd ${command.creation.name} && npm install && npm run build && npx datamesh check`);
    }
    case 'check': {
      const { packed, warnings } = await checkFolder(command.folder);
      warn(warnings);
      const { name, version, files, bytes } = packed;
      say(`${name}@${version} has what publishing asks for: ${files.length} files, ${bytes.length} bytes packed`);
      if (!command.mount) return;
      const chromium = findChromium(settings.chromium, settings.path);
      if (!chromium) return say('it was not mounted: there is no Chromium on the path, and CHROMIUM_PATH names none');
      const { said } = await checkMount(packed, PAGE, chromium);
      return say(
        `it runs in ${chromium} under the dashboard's policies, in both themes${said.length > 0 ? `, and says ${said.join(', ')}` : ''}`,
      );
    }
    case 'dev':
      return dev(command, PAGE, say);
    case 'login':
      await login(settings.credentials, command.url, await askSecret(`Token for ${command.url} (${TOKEN_PAGE} makes one): `));
      return say(`logged in at ${command.url}; the token is kept in ${settings.credentials}`);
    case 'logout':
      await logout(settings.credentials, command.url);
      return say(`the token for ${command.url} is forgotten here; it is valid until it ends, or is revoked on the page of your tokens`);
    case 'pack': {
      const packed = await pack(command.folder);
      const out = command.out ?? `${packed.name}-${packed.version}.tgz`;
      await writeFile(out, packed.bytes);
      for (const { path, bytes } of packed.files) say(`${String(bytes.length).padStart(9)}  ${path}`);
      return say(`${out}: ${packed.bytes.length} bytes`);
    }
    case 'publish': {
      const packed = await pack(command.folder);
      const { created, warnings } = await publish(command.target, packed);
      warn(warnings);
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
    case 'files': {
      const { files } = await pack(command.folder);
      const list = JSON.stringify(files.map(({ path }) => path));
      if (command.out === undefined) return say(list);
      await writeFile(command.out, `${list}\n`);
      return say(`${command.out}: ${files.length} files`);
    }
    case 'deploy-init': {
      const { widget, team, files } = await initDeployment(command.wish);
      for (const file of files) say(file);
      if (files.length === 0) return say('nothing to change');
      return say(
        `next: datamesh trust add --team ${team} --widget ${widget} --issuer <the cluster's> --subject system:serviceaccount:team-${team}:${widget} --may publish,register`,
      );
    }
    case 'hold': {
      const { channelStates } = await hold(command.target, command.name, command.channel, command.reason, command.version);
      return say(`${command.name}@${command.channel} is held at ${channelStates[command.channel]?.hold?.version}`);
    }
    case 'lift': {
      const { channels } = await lift(command.target, command.name, command.channel);
      return say(`${command.name}@${command.channel} moves again, and gives ${channels[command.channel]}`);
    }
    case 'rollback':
      return rollback(command.wish, createArgoCd(command.argocd), say);
    case 'resume':
      return resume(command.wish, createArgoCd(command.argocd), say);
    case 'release':
      await release(command.target, command.name, command.channel);
      return say(`${command.name}@${command.channel} is moved by people again`);
    case 'deployments':
      return sayDeployments(await deployments(command.target, command.name));
    case 'uses': {
      const { widget, source, setting, value } = command.question;
      const where = [source && `source ${source}`, setting && `setting ${setting}${value === undefined ? '' : ` as ${value}`}`].filter(
        Boolean,
      );
      const count = await uses(command.target, command.question);
      return say(`${widget}${where.length > 0 ? ` with ${where.join(' and ')}` : ''} is in ${count} ${count === 1 ? 'layout' : 'layouts'}`);
    }
    case 'layouts-pull':
      return pull(command.wish, command.target, say);
    case 'layouts-push': {
      const some = await push(command.wish, command.target, say);
      if (some && command.wish.dryRun) process.exitCode = 3;
      return;
    }
    case 'trust-list':
      return say((await trusts(command.target, command.team)).map(trustLine).join('\n') || `${command.team} trusts no workload`);
    case 'trust-add':
      return say(trustLine(await addTrust(command.target, command.trust)));
    case 'trust-remove':
      await removeTrust(command.target, command.id);
      return say(`${command.id} is removed`);
  }
}

function commitOf({ sync }: NonNullable<ChannelState['owner']>): string {
  if (!sync) return '';
  return `, commit ${sync.revision.slice(0, 8)}${sync.author ? ` of ${sync.author}` : ''}${sync.by ? `, synced by ${sync.by}` : ''}`;
}

function sayDeployments({ leases, detail }: Awaited<ReturnType<typeof deployments>>): void {
  for (const [channel, { version, owner, hold: held }] of Object.entries(detail.channelStates)) {
    const by = owner ? `by ${owner.namespace}/${owner.name}, revision ${owner.revision}${commitOf(owner)}, since ${owner.at}` : 'by people';
    say(`${detail.name}@${channel} gives ${version ?? 'nothing'}, moved ${by}${held ? `; HELD by ${held.by}: ${held.reason}` : ''}`);
  }
  for (const lease of leases) {
    const state = lease.draining ? 'draining' : lease.ready ? lease.health : 'not ready';
    say(`  ${lease.pod.name}  ${lease.version}  revision ${lease.revision}  ${lease.channel}  ${state}, since ${lease.since}`);
  }
  if (leases.length === 0) say(`no pod of ${detail.name} is registered`);
}

const trustLine = ({ id, widget, issuer, subject, claims, may, channels }: Trust): string => {
  const conditions = Object.entries(claims).map(([path, pattern]) => `, ${path}=${pattern}`);
  return `${id}  ${subject} of ${issuer}${conditions.join('')} may ${may.join(', ')} ${widget ?? 'every widget'} (${channels.join(', ')})`;
};

try {
  const { last, tokens, layoutTokens } = await readCredentials(settings.credentials);
  const token = (url: string, scope: TokenScope): string | undefined =>
    settings.token ?? (scope === 'layouts' ? layoutTokens : tokens)[new URL(url).origin];
  await run(readCommand(process.argv.slice(2), { url: settings.url ?? last ?? 'http://localhost:4000', token, argocd: settings.argocd }));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  process.stderr.write(printable(`${error.code}: ${error.detail}\n`));
  process.exitCode = error.exitCode;
}
