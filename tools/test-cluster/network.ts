/**
 * The private network that a run has to itself: the loopback interface, and a bridge that pods are attached to. Nothing in it reaches the
 * machine's own network, and nothing outside reaches in.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

export const BRIDGE = 'pods';
/** The machine as pods see it: their gateway, and the node's own address. */
export const NODE_ADDRESS = '10.88.0.1';
export const POD_RANGE = '10.88.0.0/16';
export const SERVICE_RANGE = '10.96.0.0/24';
/** What every pod finds as KUBERNETES_SERVICE_HOST. No proxy stands behind service addresses here: the API server itself listens on it. */
export const API_ADDRESS = '10.96.0.1';

/** Names by which programs beside the cluster call others, as no DNS runs here. `file`: is made; what sees it ends with these namespaces. */
export function giveNames(file: string, names: Readonly<Record<string, string>>): void {
  const lines = Object.entries(names).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(file, `127.0.0.1 localhost\n::1 localhost\n${lines.join('')}`);
  execFileSync('mount', ['--bind', file, '/etc/hosts']);
}

export function setUpNetwork(): void {
  const ip = (...words: string[]) => execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  ip('link', 'set', 'lo', 'up');
  ip('address', 'add', `${API_ADDRESS}/32`, 'dev', 'lo');
  ip('link', 'add', BRIDGE, 'type', 'bridge');
  ip('address', 'add', `${NODE_ADDRESS}/16`, 'dev', BRIDGE);
  ip('link', 'set', BRIDGE, 'up');
}
