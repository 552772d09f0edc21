import type { Outage } from '../api/keep-asking';
import { i18n } from '../language/i18n';

/** Why a layout that was asked for is not there yet. */
export function comingText(title: string, { problem }: Outage): string {
  if (problem === null) return i18n.t('“{title}” takes longer than usual.', { title });
  return problem.isOffline
    ? i18n.t('“{title}” cannot be shown while the server is out of reach. It comes as soon as there is an answer.', { title })
    : i18n.t('“{title}” cannot be shown while the server has trouble. It comes as soon as there is an answer.', { title });
}
