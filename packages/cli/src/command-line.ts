/** `datamesh <command> …`: words and options to one typed command. */
import { parseArgs } from 'node:util';
import type { NewTrust, WorkloadAction } from '@datamesh/contracts';
import type { ArgoCdTarget } from './argocd/argocd';
import type { OfApplication, Rollback } from './argocd/rollback';
import { type Creation, TEMPLATES } from './create/create';
import type { Wrapping } from './create/wrap/wrap';
import type { DeployInit } from './deploy/init';
import type { LayoutsPull } from './layouts/pull';
import type { LayoutsPush } from './layouts/push';
import { CliError } from './problem';
import type { Target, Uses } from './registry';

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
  | { kind: 'uses'; question: Uses; target: Target }
  | { kind: 'layouts-pull'; wish: LayoutsPull; target: Target }
  | { kind: 'layouts-push'; wish: LayoutsPush; target: Target }
  | { kind: 'rollback'; wish: Rollback; argocd: ArgoCdTarget }
  | { kind: 'resume'; wish: OfApplication; argocd: ArgoCdTarget }
  | { kind: 'files'; folder: string; out: string | undefined }
  | { kind: 'deploy-init'; wish: DeployInit }
  | { kind: 'trust-list'; team: string; target: Target }
  | { kind: 'trust-add'; trust: NewTrust; target: Target }
  | { kind: 'trust-remove'; id: string; target: Target };

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
  from: { type: 'string' },
  element: { type: 'string' },
  module: { type: 'string' },
  export: { type: 'string' },
  content: { type: 'string' },
  style: { type: 'string', multiple: true },
  attribute: { type: 'string', multiple: true },
  input: { type: 'string', multiple: true },
  output: { type: 'string', multiple: true },
  with: { type: 'string', multiple: true },
  issuer: { type: 'string' },
  subject: { type: 'string' },
  widget: { type: 'string' },
  source: { type: 'string' },
  setting: { type: 'string' },
  value: { type: 'string' },
  may: { type: 'string' },
  department: { type: 'string' },
  prefer: { type: 'string' },
  message: { type: 'string' },
  'dry-run': { type: 'boolean' },
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

/** What a token is good for; both may be kept for one address. */
export type TokenScope = 'publish' | 'layouts';

/** What the command line leaves out. */
export interface Defaults {
  url: string;
  /** For an address. */
  token(url: string, scope: TokenScope): string | undefined;
  argocd: { url: string | undefined; token: string | undefined };
}

export function readCommand(args: readonly string[], defaults: Defaults): Command {
  const { values, positionals } = parse(args);
  const [first, ...others] = positionals;
  const [command, subject, ...rest] =
    first === 'trust' || first === 'deploy' || first === 'layouts'
      ? [`${first} ${others[0] ?? ''}`, ...others.slice(1)]
      : [first, ...others];
  if (values.help || command === undefined || command === 'help') return { kind: 'help' };
  if (rest.length > 0) throw usage(`did not expect "${rest.join(' ')}"`);
  const url = (): string => httpAddress(values.url ?? defaults.url);
  const target = (scope: TokenScope = 'publish'): Target => {
    const where = url();
    const token = values.token ?? defaults.token(where, scope);
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
      return {
        kind: 'deploy-init',
        wish: deployOf(folder(), values, (values.token ?? defaults.token(url(), 'publish')) ? target() : null),
      };
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
    case 'uses': {
      const { source, setting, value } = values;
      if (value !== undefined && setting === undefined) throw usage(`${command} needs --setting for --value`);
      return {
        kind: 'uses',
        question: { widget: subject ?? missing(`${command} needs the widget's name`), source, setting, value },
        target: target(),
      };
    }
    case 'layouts pull': {
      const { prefer = null } = values;
      if (prefer !== null && prefer !== 'mine' && prefer !== 'theirs') throw usage(`--prefer ${prefer} is neither mine nor theirs`);
      return { kind: 'layouts-pull', wish: { ...layoutsOf(subject, values), prefer }, target: layoutTarget(target('layouts')) };
    }
    case 'layouts push': {
      const { message, 'dry-run': dryRun = false } = values;
      if (message?.trim() === '') throw usage('--message is empty');
      return {
        kind: 'layouts-push',
        wish: { ...layoutsOf(subject, values), message: message ?? null, dryRun },
        target: layoutTarget(target('layouts')),
      };
    }
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

function layoutsOf(
  folder = 'layouts',
  { department, force = false }: ReturnType<typeof parse>['values'],
): Pick<LayoutsPull, 'folder' | 'department' | 'force'> {
  if (department !== undefined && !/^[a-z][a-z0-9-]{0,49}$/.test(department))
    throw usage(`--department ${department} is no id such as sales`);
  return { folder, department: department ?? null, force };
}

function layoutTarget(target: Target): Target {
  if (!target.token.startsWith('dmp_')) return target;
  throw new CliError(
    'layout_token_required',
    `layouts needs a token for the layouts of the department (dml_…), and this one publishes; make one at ${new URL('/api/v1/session/tokens/new', target.url).href}`,
  );
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
  const creation = { name, template, team, packages: values.packages };
  return template === 'wrap' ? { ...creation, wrapping: wrappingOf(values) } : creation;
}

function wrappingOf(values: ReturnType<typeof parse>['values']): Wrapping {
  const { element, module, content, style: styles = [], attribute = [], input = [], output = [], with: more = [] } = values;
  const from = values.from ?? missing('--template wrap needs --from: the package, folder, .tgz or file that has the element');
  return {
    from,
    element,
    module,
    exported: values.export,
    content,
    styles,
    attributes: attribute,
    inputs: input,
    outputs: output,
    with: more,
  };
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

/** All that there are: the type says so. */
const ACTIONS = { publish: true, register: true, promote: true, annotate: true } satisfies Record<WorkloadAction, true>;
const actions = Object.keys(ACTIONS) as WorkloadAction[];
const actionOf = (text: string): WorkloadAction =>
  actions.find((action) => action === text) ?? missing(`--may ${text} is none of ${actions.join(', ')}`);

function missing(text: string): never {
  throw usage(text);
}

const usage = (text: string): CliError => new CliError('usage', `${text}; see datamesh --help`, 2);
