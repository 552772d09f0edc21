import { CliError } from '../problem';
import { knows } from '../registry';
import { readCredentials, writeCredentials } from './credentials';

/** Keeps a token for an address once whoever answers there has taken it. */
export async function login(path: string, url: string, given: string): Promise<void> {
  const token = given.trim();
  if (!/^dm[plb]_[\w-]+$/.test(token))
    throw new CliError('token_malformed', 'that is no token: it begins with dmp_ or dml_, and is shown once by the page that makes it');
  await knows({ url, token });
  const { tokens, layoutTokens } = await readCredentials(path);
  const { origin } = new URL(url);
  // The one for layouts beside the one that publishes: neither takes the other's place.
  const kept = { tokens, layoutTokens };
  const kind = token.startsWith('dml_') ? 'layoutTokens' : 'tokens';
  await writeCredentials(path, { ...kept, last: origin, [kind]: { ...kept[kind], [origin]: token } });
}

/** Forgets it here; it is valid until it ends or is revoked on the page of one's tokens. */
export async function logout(path: string, url: string): Promise<void> {
  const { last, tokens, layoutTokens } = await readCredentials(path);
  const { origin } = new URL(url);
  const without = ({ [origin]: _forgotten, ...others }: Record<string, string>): Record<string, string> => others;
  await writeCredentials(path, { last: last === origin ? null : last, tokens: without(tokens), layoutTokens: without(layoutTokens) });
}
