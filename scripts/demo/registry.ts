import { readFile } from 'node:fs/promises';
import { Failure } from '../setup/failure.ts';

/** A call of the registry; an answer that is neither 2xx nor `expected` is a Failure. `Body`: what the contract says of a 2xx. */
export type Call = <Body = unknown>(
  method: string,
  path: string,
  body?: object,
  expected?: readonly number[],
) => Promise<{ status: number; body: Body }>;

/** Calls as the set-up. */
export async function registryAs({ registryUrl, bootstrapFile }: { registryUrl: string; bootstrapFile: string }): Promise<Call> {
  const { secret }: { secret: string } = JSON.parse(await readFile(bootstrapFile, 'utf8'));
  return async (method, path, body, expected = []) => {
    const response = await fetch(`${registryUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok && !expected.includes(response.status))
      throw new Failure(`${method} ${path} was answered ${response.status}: ${text}`);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}
