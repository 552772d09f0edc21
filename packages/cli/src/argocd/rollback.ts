/** `datamesh rollback` and `datamesh resume`: Argo CD's own rollback with everything around it, in the order in which nothing is lost. */
import { setTimeout as pause } from 'node:timers/promises';
import { CliError } from '../problem';
import { hold, lift, type Target, widget } from '../registry';
import { type Application, type ArgoCd, type HistoryEntry, isAutoSynced } from './argocd';

export interface OfApplication {
  name: string;
  channel: string;
  /** In Argo CD. */
  application: string;
  target: Target;
}

export interface Rollback extends OfApplication {
  /** Id of an entry of the application's history; null: the last one that was another commit. */
  to: number | null;
  reason: string;
  /** Seconds, for Argo CD and the pods together. */
  timeout: number;
}

type Say = (text: string) => void;

/**
 * Auto-sync off, rollback, and when the pods of the older version are what the channel gives, a hold on it. Throws CliError; what was done before stays
 * done and was said.
 */
export async function rollback(wish: Rollback, argocd: ArgoCd, say: Say): Promise<void> {
  const { name, channel, application, target, reason } = wish;
  const channelName = `${name}@${channel}`;
  // All that can be wrong is found before anything is changed.
  const before = await ownerOf(wish);
  const app = await argocd.application(application);
  const { entry, current } = destinationOf(app, wish.to);
  const version = await argocd.versionAt(application, entry.revision);
  const ends = performance.now() + wish.timeout * 1000;

  if (isAutoSynced(app)) {
    await argocd.setAutoSync(application, false);
    say(`auto-sync of ${application} is off`);
  }
  await argocd.rollback(application, entry.id);
  say(`${application} is rolled back to ${named(entry)}…`);
  await until(ends, 'Argo CD has not finished the rollback; auto-sync is off, and no hold is put', async () => {
    const { operation, status } = await argocd.application(application);
    const { phase, message, operation: done } = status?.operationState ?? {};
    if (operation || done?.sync?.revision !== entry.revision) return false;
    if (phase === 'Failed' || phase === 'Error') throw new CliError('rollback_failed', `Argo CD could not roll back: ${message ?? phase}`);
    return phase === 'Succeeded';
  });
  const waiting = `the pods of the older version are not ready, so ${channelName} has not moved; auto-sync is off, and no hold is put`;
  await until(ends, waiting, async () => {
    const now = await ownerOf(wish);
    // A rollback to what runs already, for one that was not finished, moves nothing.
    return now.revision > before.revision || now.version === version;
  });
  const { channelStates } = await hold(target, name, channel, reason);
  say(`${channelName} gives ${channelStates[channel]?.hold?.version} and is held there`);
  say(remaining(wish, current.revision));
}

/** After the revert: auto-sync on, and the hold lifted. Refuses while auto-sync would bring back what was rolled back. */
export async function resume({ name, channel, application, target }: OfApplication, argocd: ArgoCd, say: Say): Promise<void> {
  const app = await argocd.application(application, true);
  const { status, revision = '' } = app.status?.sync ?? {};
  if (status !== 'Synced')
    throw new CliError(
      'not_reverted',
      `${application} is ${status ?? 'not compared yet'}: auto-sync would bring what git says (${short(revision)}); revert the bad commit and push it first`,
    );
  if (!isAutoSynced(app)) await argocd.setAutoSync(application, true);
  say(`auto-sync of ${application} is on`);
  const { channelStates } = await widget(target, name);
  if (!channelStates[channel]?.hold) return;
  const { channels } = await lift(target, name, channel);
  say(`${name}@${channel} moves again, and gives ${channels[channel]}`);
}

async function ownerOf({ name, channel, target }: OfApplication): Promise<{ revision: number; version: string | null }> {
  const { channelStates } = await widget(target, name);
  const { owner, hold: held, version = null } = channelStates[channel] ?? {};
  if (!owner)
    throw new CliError(
      'channel_not_deployed',
      `no Deployment moves ${name}@${channel}: "datamesh promote" takes it back to an older version`,
    );
  if (held)
    throw new CliError(
      'channel_held',
      `${name}@${channel} is held by ${held.by} already (${held.reason}); "datamesh lift" it before rolling back`,
    );
  return { revision: owner.revision, version };
}

function destinationOf(app: Application, wanted: number | null): { entry: HistoryEntry; current: HistoryEntry } {
  const history = app.status?.history ?? [];
  const current = history.at(-1);
  const list = history.toReversed().map((entry) => `  ${named(entry)}`);
  if (!current) throw new CliError('rollback_nothing', `${app.metadata.name} was never deployed by Argo CD`);
  if (wanted !== null) {
    const entry = history.find(({ id }) => id === wanted);
    if (!entry) throw new CliError('rollback_nothing', [`its history has no entry ${wanted}:`, ...list].join('\n'));
    return { entry, current };
  }
  // Twice would be forward again.
  if (!isAutoSynced(app))
    throw new CliError(
      'rollback_ambiguous',
      [`auto-sync of ${app.metadata.name} is off: somebody may have rolled it back. Say where to, with --to <id>:`, ...list].join('\n'),
    );
  const entry = history.findLast(({ revision }) => revision !== current.revision);
  if (!entry) throw new CliError('rollback_nothing', `${app.metadata.name} has run nothing but ${named(current)}`);
  return { entry, current };
}

async function until(ends: number, unfinished: string, condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    if (performance.now() > ends) throw new CliError('rollback_unfinished', `${unfinished}. Try again with --to, or look into Argo CD`);
    await pause(250);
  }
}

const remaining = ({ name, channel, application }: Rollback, bad: string): string =>
  [
    'what remains, in this order:',
    `  1. git revert ${short(bad)}, and push it: until then auto-sync would roll forward to it`,
    `  2. datamesh resume ${name}@${channel} --argocd … --application ${application}: auto-sync on again, and the hold lifted`,
  ].join('\n');

const short = (revision: string): string => (/^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 12) : revision || 'nothing');

const named = ({ id, revision, deployedAt }: HistoryEntry): string =>
  `${id}: ${short(revision)}${deployedAt === undefined ? '' : `, of ${deployedAt}`}`;
