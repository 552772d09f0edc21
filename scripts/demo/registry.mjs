import { readFile } from 'node:fs/promises';
import { Failure } from '../setup/failure.mjs';

/** Calls as the set-up: `call(method, path, body?) -> { status, body }`; anything but `expected` and 2xx is a Failure. */
export async function registryAs({ registryUrl, bootstrapFile }) {
  const { secret } = JSON.parse(await readFile(bootstrapFile, 'utf8'));
  return async (method, path, body, expected = []) => {
    const response = await fetch(`${registryUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok && !expected.includes(response.status))
      throw new Failure(`${method} ${path} was answered ${response.status}: ${text}`);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}
