/** `datamesh check`: what publishing asks of the files, by the registry's own code, without a registry. */
import { checkContent, checkVersion, Refusal, unpack } from '@datamesh/publishing';
import { type Packed, pack } from '../pack';
import { CliError } from '../problem';

/** Throws a CliError with the code that the registry would answer with. */
export async function checkFolder(folder: string): Promise<Packed> {
  const packed = await pack(folder);
  try {
    checkVersion(packed.version);
    checkContent(await unpack(packed.bytes), packed);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const places = (error.errors ?? []).map(({ path, message }) => `  ${path || '/'}: ${message}`);
    throw new CliError(error.code, [error.detail, ...places].join('\n'));
  }
  return packed;
}
