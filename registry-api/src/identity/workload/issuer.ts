/** The issuers whose workloads (pods, CI jobs) this instance knows, as its operator set them. */
export const workloadAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;
export type WorkloadAlgorithm = (typeof workloadAlgorithms)[number];

export interface WorkloadIssuer {
  /** As tokens name it (`iss`). */
  issuer: string;
  /** What tokens must be made for (`aud`). */
  audience: string;
  /** Signatures with anything else are refused, whatever a token says of itself. */
  algorithms: readonly WorkloadAlgorithm[];
  /** An https address or a file with the JSON Web Key Set; null: found by discovery at the issuer. */
  jwks: string | null;
  /** PEM file of the authority that signed the issuer's certificate; null: the system's. */
  ca: string | null;
  /** File with a bearer token for fetching the keys, read at each fetch; null: none is needed. */
  token: string | null;
  /** Each token is taken once: for CI jobs, never for pods, which show one token until it is renewed. */
  singleUse: boolean;
}

const known = ['issuer', 'audience', 'algorithms', 'jwks', 'ca', 'token', 'single_use'];

/** WORKLOAD_ISSUERS, parsed. Throws an Error with one sentence, without the variable's name, about the first thing that is wrong. */
export function readWorkloadIssuers(list: unknown): WorkloadIssuer[] {
  if (!Array.isArray(list)) throw new Error('must be a list of issuers');
  const issuers = list.map(readIssuer);
  const twice = issuers.find(({ issuer }, index) => issuers.findIndex((other) => other.issuer === issuer) !== index);
  if (twice) throw new Error(`names the issuer ${twice.issuer} twice`);
  return issuers;
}

function readIssuer(entry: unknown, index: number): WorkloadIssuer {
  const at = `[${index}]`;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw new Error(`${at} must be an object`);
  const fields = entry as Record<string, unknown>;
  const odd = Object.keys(fields).find((key) => !known.includes(key));
  if (odd !== undefined) throw new Error(`${at} has the unknown member "${odd}"; there are ${known.join(', ')}`);
  const { algorithms = ['RS256', 'ES256'], single_use: singleUse = false } = fields;
  if (typeof singleUse !== 'boolean') throw new Error(`${at}.single_use must be true or false`);
  if (!Array.isArray(algorithms) || algorithms.length === 0 || !algorithms.every(isAlgorithm))
    throw new Error(`${at}.algorithms must be a list of ${workloadAlgorithms.join(', ')}`);
  return {
    issuer: httpsAddress(required(fields['issuer'], `${at}.issuer`), `${at}.issuer`),
    audience: required(fields['audience'], `${at}.audience`),
    algorithms,
    jwks: jwksOf(fields['jwks'], `${at}.jwks`),
    ca: optional(fields['ca'], `${at}.ca`),
    token: optional(fields['token'], `${at}.token`),
    singleUse,
  };
}

const isAlgorithm = (value: unknown): value is WorkloadAlgorithm => workloadAlgorithms.some((name) => name === value);

function required(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${at} must be a text`);
  return value;
}

const optional = (value: unknown, at: string): string | null => (value === undefined || value === null ? null : required(value, at));

function jwksOf(value: unknown, at: string): string | null {
  const text = optional(value, at);
  return text !== null && /^[a-z]+:\/\//i.test(text) ? httpsAddress(text, at) : text;
}

/** Over http the keys could be anybody's, except on this machine. */
function httpsAddress(text: string, at: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLocal))
    throw new Error(`${at} must be an https address (http on this machine only), not ${text}`);
  return text;
}
