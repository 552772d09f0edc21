/** Every rule about the files that needs nothing but the files, in the order in which a publisher wants to hear of them. */
import type { WidgetManifest } from '@datamesh/contracts';
import { checkContainer, checkFileTypes, checkPlaces } from './check-files';
import { checkSettings } from './check-settings';
import { checkPackage, type PublishTarget, readManifest } from './read-manifest';
import type { Files } from './unpack';

/** Throws a Refusal. `asked` is what the address of the publish call names. */
export function checkContent(files: Files, asked: PublishTarget): WidgetManifest {
  const manifest = readManifest(files, asked);
  checkPackage(files, asked);
  checkFileTypes(files);
  checkPlaces(files, manifest);
  checkSettings(manifest);
  checkContainer(files, manifest);
  return manifest;
}
