/** The process that publish-apart.ts starts: packs and publishes one folder, tells how it went, and ends. */
import { readFile } from 'node:fs/promises';
import { CliError, pack, publish } from '@datamesh/cli';
import type { PublishOutcome, PublishWish } from './publish-apart';

async function publishOnce({ folder, registryUrl, tokenFile }: PublishWish): Promise<PublishOutcome> {
  try {
    const packed = await pack(folder);
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const { created } = await publish({ url: registryUrl, token }, packed);
    return { ok: { name: packed.name, version: packed.version, created } };
  } catch (error) {
    if (error instanceof CliError) return { refused: { code: error.code, detail: error.detail, status: error.status } };
    return { refused: { code: 'unforeseen', detail: error instanceof Error ? error.message : String(error), status: null } };
  }
}

const outcome = await publishOnce(JSON.parse(process.argv[2] ?? '') as PublishWish);
// The sidecar may have ended meanwhile: then there is nobody to tell.
if (process.connected) process.send?.(outcome, () => process.connected && process.disconnect());
