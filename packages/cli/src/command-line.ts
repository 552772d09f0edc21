/** `datamesh <command> …`: words and options to one typed command. */
import { parseArgs } from 'node:util';
import type { NewTrust } from '@datamesh/contracts';
import type { ArgoCdTarget } from './argocd/argocd';
import type { OfApplication, Rollback } from './argocd/rollback';
import { type Creation, TEMPLATES } from './create/create';
import type { DeployInit } from './deploy/init';
import { CliError } from './problem';
import type { Target } from './registry';

export type Command =
  | { kind: 'help' }
  | { kind: 'create'; creation: Creation }
  | { kind: 'check'; folder: string; mount: boolean }
  | { kind: 'dev'; folder: string; port: number }
  | { kind: 'login' | 'logout'; url: string }
  | { kind: 'pack'; folder: string; out: string | undefined }
  | { kind: 'publish'; folder: string; promote: string | undefined; target: Target }
  | { kind: 'promote'; name: string; version: string; channel: string; target: Target }
  | { kind: 'deprecate' | 'yank'; name: string; version: string; reason: string; target: Target }
  | { kind: 'audit-verify'; target: Target }
  | { kind: 'hold'; name: string; channel: string; reason: string; version: string | undefined; target: Target }
  | { kind: 'lift' | 'release'; name: string; channel: string; target: Target }
  | { kind: 'deployments'; name: string; target: Target }
  | { kind: 'rollback'; wish: Rollback; argocd: ArgoCdTarget }
  | { kind: 'resume'; wish: OfApplication; argocd: ArgoCdTarget }
  | { kind: 'files'; folder: string; out: string | undefined }
  | { kind: 'deploy-init'; wish: DeployInit }
  | { kind: 'trust-list'; team: string; target: Target }
  | { kind: 'trust-add'; trust: NewTrust; target: Target }
  | { kind: 'trust-remove'; id: string; target: Target };

export const HELP = `datamesh: write and publish widgets

  datamesh create <name> --team <team> [--template ${TEMPLATES.join('|')}] [--packages <folder>]
                                                   a project in a folder of that name; --packages: where the platform's .tgz files lie
  datamesh check [folder] [--no-browser]           all that publishing checks, without a registry; and mounts it in the Chromium that
                                                   is found (CHROMIUM_PATH, else on the path), under the dashboard's policies
  datamesh dev [folder] [--port 4300]              a workbench: settings, contexts, sizes, themes, the dashboard's policies; builds and
                                                   shows anew what is changed

  datamesh login [--url <url>]                     asks for a token, or reads it from its input, and keeps it for that address
  datamesh logout [--url <url>]
  datamesh pack <folder> [--out file.tgz]          what would be published, into a file
  datamesh publish <folder> [--promote <channel>]  publish a built remote; the same bytes again are no error
  datamesh promote <name>@<version> [--channel stable]
  datamesh deprecate <name>@<version> --reason <text>
  datamesh yank <name>@<version> --reason <text>   it resolves for nobody any more
  datamesh audit verify                            whether the registry's audit log is what was written
  datamesh files <folder> [--out files.json]       the list of files that a widget's own server shows its sidecar

  datamesh deployments <name>                      what runs in clusters, and what the channels give because of it
  datamesh hold <name>@<channel> --reason <text> [--version <version>]
                                                   nothing moves the channel until the hold is lifted
  datamesh lift <name>@<channel>
  datamesh release <name>@<channel>                a channel whose Deployment is gone is moved by people again

  datamesh rollback <name>@<channel> --argocd <url> --reason <text> [--to <id>] [--application remote-<name>] [--timeout 300]
                                                   auto-sync off, Argo CD's rollback (to an entry of the application's history, else
                                                   the last one of another commit), a hold when its pods are ready; says what remains
  datamesh resume <name>@<channel> --argocd <url> [--application remote-<name>]
                                                   after the bad commit was reverted: auto-sync on, the hold lifted

  datamesh deploy init <folder or widget> --image <host/name[@sha256:…]> --platform <git address?ref=…>
                     [--team <team>] [--environments local,staging,production] [--out k8s] [--force]
                                                   what Argo CD deploys: k8s/remotes/<widget>/, for the team's own repository

  datamesh trust list --team <team>                what pods and CI jobs may do in the team's name
  datamesh trust add --team <team> --issuer <url> --subject <pattern> --may <publish,register,promote>
                     [--widget <name>] [--channels <stable,…>] [--claim <path>=<pattern>]…
                                                   * is any run of characters but : and /, ** any run at all
  datamesh trust remove <id>

  --url    where the dashboard or the registry answers (DATAMESH_URL, else where you logged in last, else http://localhost:4000)
  The token comes from DATAMESH_TOKEN or from "datamesh login": a publish token of the owning team, dmp_…; for "audit verify" the
  secret in bootstrap.json, dmb_…. With --token it stands in the shell's history, and everybody on the machine can read it.
  --argocd  where argocd-server answers (ARGOCD_SERVER); its token comes from ARGOCD_AUTH_TOKEN, of an account that may get, sync and
            update the application

Exit codes: 0 done, 1 refused, failed, or an audit log that is broken (\`code: detail\` on stderr), 2 wrong command line.
`;

const options = {
  url: { type: 'string' },
  token: { type: 'string' },
  channel: { type: 'string' },
  promote: { type: 'string' },
  reason: { type: 'string' },
  version: { type: 'string' },
  team: { type: 'string' },
  template: { type: 'string' },
  packages: { type: 'string' },
  issuer: { type: 'string' },
  subject: { type: 'string' },
  widget: { type: 'string' },
  may: { type: 'string' },
  channels: { type: 'string' },
  claim: { type: 'string', multiple: true },
  image: { type: 'string' },
  platform: { type: 'string' },
  environments: { type: 'string' },
  force: { type: 'boolean' },
  port: { type: 'string' },
  'no-browser': { type: 'boolean' },
  out: { type: 'string' },
  argocd: { type: 'string' },
  application: { type: 'string' },
  to: { type: 'string' },
  timeout: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What the command line leaves out. */
export interface Defaults {
  url: string;
  /** For an address. */
  token(url: string): string | undefined;
  argocd: { url: string | undefined; token: string | undefined };
}

export function readCommand(args: readonly string[], defaults: Defaults): Command {
  const { values, positionals } = parse(args);
  const [first, ...others] = positionals;
  const [command, subject, ...rest] =
    first === 'trust' || first === 'deploy' ? [`${first} ${others[0] ?? ''}`, ...others.slice(1)] : [first, ...others];
  if (values.help || command === undefined || command === 'help') return { kind: 'help' };
  if (rest.length > 0) throw usage(`did not expect "${rest.join(' ')}"`);
  const url = (): string => httpAddress(values.url ?? defaults.url);
  const target = (): Target => {
    const where = url();
    const token = values.token ?? defaults.token(where);
    if (!token) throw usage(`${command} needs a token for ${where}: run datamesh login --url ${where}, or set DATAMESH_TOKEN`);
    return { url: where, token };
  };
  const argocd = (): ArgoCdTarget => {
    const where =
      values.argocd ?? defaults.argocd.url ?? missing(`${command} needs --argocd or ARGOCD_SERVER, the address of argocd-server`);
    const token = defaults.argocd.token ?? missing(`${command} needs ARGOCD_AUTH_TOKEN, a token of Argo CD`);
    // As Argo CD's own command line takes it: a host, which is asked by TLS.
    return { url: httpAddress(where.includes('://') ? where : `https://${where}`), token };
  };
  const ofApplication = (word: string): OfApplication => {
    const named = channelOf(word, subject);
    return { ...named, application: values.application ?? `remote-${named.name}`, target: target() };
  };
  const folder = (): string => subject ?? missing(`${command} needs the remote's folder`);
  const reason = (): string => values.reason ?? missing(`${command} needs --reason`);
  switch (command) {
    case 'create':
      return { kind: 'create', creation: creationOf(subject, values) };
    case 'check':
      return { kind: 'check', folder: subject ?? '.', mount: !values['no-browser'] };
    case 'dev':
      return { kind: 'dev', folder: subject ?? '.', port: portOf(values.port ?? '4300') };
    case 'login':
    case 'logout':
      if (subject !== undefined) throw usage(`${command} takes no "${subject}": a token is asked for`);
      return { kind: command, url: url() };
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
    case 'files':
      return { kind: 'files', folder: folder(), out: values.out };
    case 'deploy init':
      return { kind: 'deploy-init', wish: deployOf(folder(), values, (values.token ?? defaults.token(url())) ? target() : null) };
    case 'hold':
      return { kind: 'hold', ...channelOf(command, subject), reason: reason(), version: values.version, target: target() };
    case 'lift':
    case 'release':
      return { kind: command, ...channelOf(command, subject), target: target() };
    case 'rollback': {
      const to = values.to === undefined ? null : wholeNumber('--to', values.to);
      const timeout = wholeNumber('--timeout', values.timeout ?? '300');
      return { kind: 'rollback', wish: { ...ofApplication(command), to, timeout, reason: reason() }, argocd: argocd() };
    }
    case 'resume':
      return { kind: 'resume', wish: ofApplication(command), argocd: argocd() };
    case 'deployments':
      return { kind: 'deployments', name: subject ?? missing(`${command} needs the widget's name`), target: target() };
    case 'trust list':
      return { kind: 'trust-list', team: values.team ?? missing(`${command} needs --team`), target: target() };
    case 'trust add':
      return { kind: 'trust-add', trust: trustOf(values), target: target() };
    case 'trust remove':
      return { kind: 'trust-remove', id: subject ?? missing(`${command} needs the trust's id`), target: target() };
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

function httpAddress(url: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw usage(`${url} is no http address`);
  return url;
}

const wholeNumber = (option: string, text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : missing(`${option} ${text} is no whole number`);

function version(command: string, subject: string | undefined): { name: string; version: string } {
  const [, name, wanted] = subject?.match(/^([a-z][a-z0-9-]*)@(.+)$/) ?? [];
  return name && wanted ? { name, version: wanted } : missing(`${command} needs <name>@<version>`);
}

function channelOf(command: string, subject: string | undefined): { name: string; channel: string } {
  const [, name, channel] = subject?.match(/^([a-z][a-z0-9-]*)@([a-z][a-z0-9-]*)$/) ?? [];
  return name && channel ? { name, channel } : missing(`${command} needs <name>@<channel>`);
}

function trustOf({ team, issuer, subject, widget, may, channels, claim = [] }: ReturnType<typeof parse>['values']): NewTrust {
  const list = (text: string) => text.split(',').map((item) => item.trim());
  const pairs = claim.map((text) => {
    const at = text.indexOf('=');
    return at > 0 ? ([text.slice(0, at), text.slice(at + 1)] as const) : missing(`--claim ${text} is not <path>=<pattern>`);
  });
  return {
    team: team ?? missing('trust add needs --team'),
    issuer: issuer ?? missing('trust add needs --issuer'),
    subject: subject ?? missing('trust add needs --subject'),
    may: list(may ?? missing('trust add needs --may')).map(actionOf),
    ...(widget === undefined ? {} : { widget }),
    ...(channels === undefined ? {} : { channels: list(channels) }),
    ...(pairs.length === 0 ? {} : { claims: Object.fromEntries(pairs) }),
  };
}

function creationOf(name: string | undefined, values: ReturnType<typeof parse>['values']): Creation {
  if (!name || !/^[a-z][a-z0-9-]{2,49}$/.test(name))
    throw usage('create needs a name such as price-alerts: 3 to 50 of a to z, 0 to 9 and -');
  const given = values.template ?? 'vanilla';
  const template = TEMPLATES.find((one) => one === given) ?? missing(`--template ${given} is none of ${TEMPLATES.join(', ')}`);
  const team = values.team ?? missing('create needs --team: the team that owns the widget');
  return { name, template, team, packages: values.packages };
}

function portOf(text: string): number {
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : missing(`--port ${text} is no port`);
}

const IMAGE = /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+(@sha256:[0-9a-f]{64})?$/;

function deployOf(widget: string, values: ReturnType<typeof parse>['values'], target: Target | null): DeployInit {
  const image = values.image ?? missing('deploy init needs --image');
  if (!IMAGE.test(image)) throw usage(`--image ${image} is not host/name or host/name@sha256:…: a tag can be moved, so there is none`);
  const environments = (values.environments ?? 'local,staging,production').split(',').map((item) => item.trim());
  const wrong = environments.find((item) => !/^[a-z][a-z0-9-]{0,29}$/.test(item));
  if (wrong !== undefined) throw usage(`--environments ${wrong} is no name such as staging`);
  return {
    widget,
    team: values.team ?? null,
    image,
    environments,
    platform: values.platform ?? missing('deploy init needs --platform'),
    out: values.out ?? 'k8s',
    force: values.force ?? false,
    target,
  };
}

const actions = ['publish', 'register', 'promote'] as const;
const actionOf = (text: string): (typeof actions)[number] =>
  actions.find((action) => action === text) ?? missing(`--may ${text} is none of ${actions.join(', ')}`);

function missing(text: string): never {
  throw usage(text);
}

const usage = (text: string): CliError => new CliError('usage', `${text}; see datamesh --help`, 2);
