/** `node tools/images/stage-widget.ts FOLDER OUT`: what a widget's container serves: the files that would be published, and their list. */
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', out = ''] = process.argv.slice(2);
const list = execFileSync(process.execPath, ['packages/cli/dist/main.mjs', 'files', folder], { encoding: 'utf8' });
const paths: string[] = JSON.parse(list);
for (const path of paths) cpSync(join(folder, path), join(out, path));
writeFileSync(join(out, 'files.json'), list);
