/**
 * `node tools/images/pin.ts VERSION_YAML IMAGE@sha256:DIGEST VERSION`: what runs there from the next sync on. Comments stay; only the one
 * image and the version change, so that rolling back is reverting the commit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

const IMAGE = /^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+@sha256:[0-9a-f]{64}$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** The file's new text. Throws with a text for whoever released. */
export function pinned(text: string, image: string, version: string): string {
  if (!IMAGE.test(image)) throw new Error(`${image} is not host/name@sha256:…: an image is named by its digest`);
  if (!VERSION.test(version)) throw new Error(`${version} is no version such as 1.4.0`);
  const document = parseDocument(text);
  const containers = [
    'spec',
    'template',
    'spec',
    document.hasIn(['spec', 'template', 'spec', 'initContainers']) ? 'initContainers' : 'containers',
  ];
  if (!document.hasIn([...containers, 0, 'image']) || document.hasIn([...containers, 1]))
    throw new Error('a version.yaml names one container with its image');
  document.setIn([...containers, 0, 'image'], image);
  const label = ['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/version'];
  if (document.hasIn(label)) document.setIn(label, version);
  return document.toString({ lineWidth: 0 });
}

if (import.meta.filename === process.argv[1]) {
  const [file = '', image = '', version = ''] = process.argv.slice(2);
  try {
    writeFileSync(file, pinned(readFileSync(file, 'utf8'), image, version));
  } catch (error) {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
