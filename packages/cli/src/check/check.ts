/** `datamesh check`: what publishing asks of the files, by the registry's own code, without a registry. */
import { checkContent, checkShared, checkVersion, fatalIn, Refusal, type SharedFinding, unpack } from '@datamesh/publishing';
import { type Packed, pack } from '../pack';
import { CliError } from '../problem';

export interface Checked {
  packed: Packed;
  /** No reason to refuse it. */
  warnings: SharedFinding[];
}

/** Throws a CliError with the code that the registry would answer with, as it is set by default. */
export async function checkFolder(folder: string): Promise<Checked> {
  const packed = await pack(folder);
  try {
    checkVersion(packed.version);
    const files = await unpack(packed.bytes);
    checkContent(files, packed);
    const warnings = checkShared(files);
    const fatal = fatalIn(warnings);
    if (fatal) throw new CliError(fatal.code, fatal.detail);
    return { packed, warnings };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const places = (error.errors ?? []).map(({ path, message }) => `  ${path || '/'}: ${message}`);
    throw new CliError(error.code, [error.detail, ...places].join('\n'));
  }
}
