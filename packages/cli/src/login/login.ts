import { CliError } from '../problem';
import { knows } from '../registry';
import { readCredentials, writeCredentials } from './credentials';

/** Keeps a token for an address once whoever answers there has taken it. */
export async function login(path: string, url: string, given: string): Promise<void> {
  const token = given.trim();
  if (!/^dm[pb]_[\w-]+$/.test(token))
    throw new CliError('token_malformed', 'that is no token: it begins with dmp_, and is shown once by the page that makes it');
  await knows({ url, token });
  const { tokens } = await readCredentials(path);
  const { origin } = new URL(url);
  await writeCredentials(path, { last: origin, tokens: { ...tokens, [origin]: token } });
}

/** Forgets it here; it is valid until it ends or is revoked on the page of one's tokens. */
export async function logout(path: string, url: string): Promise<void> {
  const { last, tokens } = await readCredentials(path);
  const { origin } = new URL(url);
  const { [origin]: _forgotten, ...others } = tokens;
  await writeCredentials(path, { last: last === origin ? null : last, tokens: others });
}
