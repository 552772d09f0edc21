/** widget.json and package.json, as far as they must be right by themselves. */

import type { WidgetManifest } from '@datamesh/contracts';
import { deepest, isDeeperThan } from '@datamesh/contracts/nesting';
import { checkWidgetManifest } from '@datamesh/contracts/node';
import { limits } from './limits';
import { Refusal, refused } from './refusal';
import type { Files } from './unpack';

export interface PublishTarget {
  name: string;
  version: string;
}

/** The manifest, which must be valid and name the widget that the address names. */
export function readManifest(files: Files, asked: PublishTarget): WidgetManifest {
  const file = files.get('widget.json');
  if (!file) throw refused('manifest_missing', 'The tarball has no widget.json at its root');
  if (file.length > limits.manifest) throw refused('manifest_invalid', `widget.json may have at most ${limits.manifest / 1024} KB`);
  const value = parse(file, 'widget.json', 'manifest_invalid');
  const errors = checkWidgetManifest(value);
  if (errors.length > 0) {
    const [first] = errors;
    throw refused('manifest_invalid', `widget.json: ${first?.path || 'the document'} ${first?.message ?? ''}`, errors);
  }
  const manifest = value as WidgetManifest;
  for (const key of ['homepage', 'repository'] as const) {
    const link = manifest[key];
    // A port or an address of numbers that cannot be, which a pattern does not tell.
    if (link !== undefined && !URL.canParse(link))
      throw refused('manifest_invalid', `widget.json: /${key} is an address that no browser can open`);
  }
  if (manifest.name !== asked.name) throw refused('name_mismatch', `widget.json says ${manifest.name}, the address ${asked.name}`);
  return manifest;
}

/** package.json gives the version, and nothing else is asked of it. */
export function checkPackage(files: Files, asked: PublishTarget): void {
  const file = files.get('package.json');
  if (!file) throw refused('package_missing', 'The tarball has no package.json at its root');
  const value = parse(file, 'package.json', 'package_invalid');
  const version = typeof value === 'object' && value !== null ? (value as { version?: unknown }).version : undefined;
  if (typeof version !== 'string') throw refused('package_invalid', 'package.json has no version');
  if (version !== asked.version)
    throw refused('version_mismatch', `package.json says ${version.slice(0, 100)}, the address ${asked.version}`);
}

export function parse(file: Buffer, name: string, code: string): unknown {
  try {
    return shallow(json(file), name, code);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused(code, `${name} is not JSON: ${(error as Error).message}`);
  }
}

export const json = (file: Buffer): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));

/** The value, which whatever reads it from here on may walk by recursion. */
export function shallow(value: unknown, name: string, code: string): unknown {
  if (isDeeperThan(value, deepest)) throw refused(code, `${name} may be nested ${deepest} deep`);
  return value;
}
