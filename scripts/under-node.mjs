/** `node scripts/under-node.mjs <script> [args…]`: runs a tool of node_modules under the Node that this repository needs. */
import { spawn } from 'node:child_process';
import { underWantedNode } from './setup/node/bring.mjs';

await underWantedNode();
const child = spawn(process.execPath, process.argv.slice(2), { stdio: 'inherit' });
child.once('close', (code) => process.exit(code ?? 1));
