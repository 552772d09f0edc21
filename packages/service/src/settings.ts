/** The one reader of configuration: each service's config.ts reads the environment through it, and through nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RateLimit } from './rate-limit';
import { TrustedProxies } from './trusted-proxies';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used: one line for whoever starts the service, which names the variable and what it should be. */
export class ConfigError extends Error {
  constructor(
    readonly variable: string,
    /** Goes on after the variable's name: `must be …`. */
    problem: string,
  ) {
    super(`${variable} ${problem}`);
    this.name = 'ConfigError';
  }
}

const must = (variable: string, expected: string, given: string): ConfigError =>
  new ConfigError(variable, `must be ${expected}, not "${given.length > 200 ? `${given.slice(0, 200)}…` : given}"`);

export const LOG_LEVELS = ['info', 'fatal', 'error', 'warn', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What README says of a variable; `npm run generate` writes its tables. */
export interface SettingDoc {
  /** Markdown. */
  what: string;
  /** Markdown: what holds where it is not set, if the value does not say it by itself. */
  otherwise?: string;
}

/** Read in more than one service, with the same meaning in each. */
export const COMMON_SETTINGS = {
  HOST: { what: 'the address where it listens' },
  PORT: { what: 'and the port' },
  PUBLIC_URL: { what: 'the one origin that browsers see; any other Host is refused' },
  LOG_LEVEL: { what: 'of the JSON log on stdout' },
  STOP_SECONDS: {
    what: 'how long accepted requests may take once it is told to stop; new ones are answered with 503. Four seconds later it ends in any case, with exit code 1',
  },
  BODY_SECONDS: { what: 'how long the body of a request may take to arrive; then 408' },
  ALLOWED_HOSTS: {
    what: 'names by which other services call this one, such as `registry-api,registry-api.mesh.svc`, separated by commas. Addresses, localhost and the host of `PUBLIC_URL` always work; any other Host is answered with 421',
  },
  TRUSTED_PROXIES: {
    what: 'proxies of yours in front: addresses and subnets, separated by commas, whose `X-Forwarded-For` is believed; `none` for none',
  },
} as const satisfies Readonly<Record<string, SettingDoc>>;
export type CommonSetting = keyof typeof COMMON_SETTINGS;

/** What was read of the environment, as people may see it. */
export interface SettingRead {
  name: string;
  /** Whether the environment has it. */
  isSet: boolean;
  /** What holds; null where nothing does, and of what is `hidden`. Never with the user and password of an address. */
  value: string | null;
  /** What holds where it is not set; null: nothing. */
  default: string | null;
  /** Of the value, such as `seconds`; null: it has none. */
  unit: string | null;
  /** A secret, or JSON that may hold some: only whether it is set is known. */
  hidden: boolean;
}

/** A variable that is empty, or blank, is not set. `Name`: those that are described, so that none is read that no document tells of. */
export class Settings<Name extends string = string> {
  readonly #read = new Map<string, SettingRead>();

  constructor(readonly env: Environment) {}

  /** What has been read so far, by name. */
  all(): SettingRead[] {
    return [...this.#read.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #given(name: Name | CommonSetting): string | null {
    return this.env[name]?.trim() || null;
  }

  /** As it is given; null when it is not set. `otherwise` is only what is noted as its default. */
  #note(
    name: Name | CommonSetting,
    { otherwise = null, unit = null, hidden = false }: { otherwise?: string | null; unit?: string | null; hidden?: boolean } = {},
  ): string | null {
    const given = this.#given(name);
    const value = hidden ? null : withoutLogin(given ?? otherwise);
    this.#read.set(name, { name, isSet: given !== null, value: value || null, default: otherwise || null, unit, hidden });
    return given;
  }

  /** Without blanks around it; null when it is not set. */
  optional(name: Name | CommonSetting): string | null {
    return this.#note(name);
  }

  text(name: Name | CommonSetting, otherwise: string): string {
    return this.#note(name, { otherwise }) ?? otherwise;
  }

  /** To the letter, and never shown. */
  secret(name: Name | CommonSetting): string | null {
    return this.#note(name, { hidden: true }) === null ? null : (this.env[name] ?? null);
  }

  /** What follows `must be` in the error tells what the pattern means. */
  matching(name: Name | CommonSetting, otherwise: string, pattern: RegExp, expected: string): string {
    const text = this.text(name, otherwise);
    if (!pattern.test(text)) throw must(name, expected, text);
    return text;
  }

  whole(name: Name | CommonSetting, { otherwise, ...range }: { otherwise: number; least: number; most: number; unit?: string }): number {
    return this.#whole(name, range, String(otherwise)) ?? otherwise;
  }

  optionalWhole(name: Name | CommonSetting, range: { least: number; most: number; unit?: string }): number | null {
    return this.#whole(name, range, null);
  }

  #whole(
    name: Name | CommonSetting,
    { least, most, unit = null }: { least: number; most: number; unit?: string | null },
    otherwise: string | null,
  ): number | null {
    const text = this.#note(name, { otherwise, unit });
    if (text === null) return null;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw must(name, `a whole number from ${least} to ${most}`, text);
    return value;
  }

  /** 0: a free one. */
  port(name: Name | CommonSetting, otherwise: number): number {
    return this.whole(name, { otherwise, least: 0, most: 65_535 });
  }

  /** The first is the default. */
  oneOf<T extends string>(name: Name | CommonSetting, allowed: readonly [T, ...T[]]): T {
    const text = this.text(name, allowed[0]);
    const found = allowed.find((value) => value === text);
    if (found === undefined) throw must(name, `one of ${allowed.join(', ')}`, text);
    return found;
  }

  /** A list of some of `known`, in their order. */
  someOf<T extends string>(name: Name | CommonSetting, known: readonly T[], otherwise: readonly T[]): readonly T[] {
    const given = this.list(name, otherwise);
    if (given === null) return otherwise;
    const wrong = given.find((item) => !known.some((one) => one === item));
    if (wrong !== undefined) throw must(name, `a list of ${known.join(', ')}`, wrong);
    return known.filter((one) => given.includes(one));
  }

  /** Of a window of a minute: a whole number, or `none`. */
  perMinute(name: Name | CommonSetting, otherwise: number, least = 1): RateLimit {
    const unit = 'a minute';
    if (this.#note(name, { otherwise: String(otherwise), unit }) === 'none') return { quota: null, window: 60 };
    return { quota: this.whole(name, { otherwise, least, most: 1_000_000_000, unit }), window: 60 };
  }

  /** Names by which the service is called beside addresses, localhost and the public one. */
  allowedHosts(): string[] {
    return this.list('ALLOWED_HOSTS') ?? [];
  }

  /** Milliseconds that accepted requests may take once the service stops, by STOP_SECONDS. */
  grace(): number {
    return this.whole('STOP_SECONDS', { otherwise: 3, least: 0, most: 600, unit: 'seconds' }) * 1000;
  }

  /** Milliseconds until all of a request's body must be there, by BODY_SECONDS. */
  bodyWithin(): number {
    return this.whole('BODY_SECONDS', { otherwise: 30, least: 1, most: 600, unit: 'seconds' }) * 1000;
  }

  logLevel(): LogLevel {
    return this.oneOf('LOG_LEVEL', LOG_LEVELS);
  }

  /** Comma-separated; null when it is not set. The word `none` alone is the empty list. `otherwise` is only what is noted as its default. */
  list(name: Name | CommonSetting, otherwise: readonly string[] | null = null): string[] | null {
    const text = this.#note(name, { otherwise: otherwise && (otherwise.join(',') || 'none') });
    if (text === null) return null;
    if (text === 'none') return [];
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  /** An http(s) address. */
  url(name: Name | CommonSetting, otherwise: string): URL {
    const text = this.text(name, otherwise);
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol)) throw must(name, 'an http(s) address such as http://127.0.0.1:4000', text);
    return url;
  }

  /** An http(s) address of a whole server: no path, no query. */
  origin(name: Name | CommonSetting, otherwise: string): URL {
    const url = this.url(name, otherwise);
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
      throw must(name, 'an origin without a path, such as https://dashboard.example.com', this.text(name, otherwise));
    return url;
  }

  /** Absolute, of a file or folder that need not be there. */
  path(name: Name | CommonSetting, otherwise: string): string {
    return resolve(this.text(name, otherwise));
  }

  /** The absolute path of a file that is there. */
  existingFile(name: Name | CommonSetting): string | null {
    const path = this.#note(name);
    if (path === null) return null;
    if (!existsSync(path)) throw must(name, 'a file that exists', path);
    return resolve(path);
  }

  /** JSON itself, or what the file of that name holds, parsed; undefined when it is not set. */
  json(name: Name | CommonSetting): unknown {
    const text = this.#note(name, { hidden: true });
    if (text === null) return undefined;
    const inline = /^[[{]/.test(text);
    if (!inline && !existsSync(text)) throw must(name, 'JSON, or a file that exists', text);
    try {
      return JSON.parse(inline ? text : readFileSync(text, 'utf8')) as unknown;
    } catch (error) {
      throw new ConfigError(name, `must be JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Addresses and subnets, separated by commas; `none` for none. */
  trustedProxies(name: Name | CommonSetting, otherwise: readonly string[]): TrustedProxies {
    try {
      return new TrustedProxies(this.list(name, otherwise) ?? otherwise);
    } catch (error) {
      throw new ConfigError(name, `must be addresses and subnets: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Addresses may have who signs in with them, and the password. */
const withoutLogin = (text: string | null): string | null => text?.replace(/\/\/[^/\s]*@/g, '//…@') ?? null;
