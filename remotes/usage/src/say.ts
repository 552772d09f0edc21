/** What this widget says, in the language of the page around it. */
import type { Missing } from '@datamesh/contracts';
import { translator } from '@datamesh/widget-sdk';
import { GERMAN } from './german';

export const say = translator({ de: GERMAN });

/** What answers lack, as one text, each once. */
export const sayMissing = (missing: readonly Missing[]): string => [...new Set(missing.map(formatMissing))].join('; ');

function formatMissing({ code, text, least, silent, servers, error }: Missing): string {
  switch (code) {
    case 'few_visitors':
      return say('what fewer than {least} visitors did is not shown', { least: least ?? '' });
    case 'single_events':
      return say('single events are for admins and the teams that own the site');
    case 'session_pages':
      return say('pages that sessions began and ended with are for admins and the teams that own the site');
    case 'rare_values':
      return say('there is more than the store counts in one query; rare values are left out');
    case 'silent_servers':
      return say('{silent} of {servers} servers of the store did not answer', { silent: silent ?? '', servers: servers ?? '' });
    case 'store_error':
      return say('the store reports {error}', { error: error ?? '' });
    case 'store_partial':
      return say('the store calls its answer partial');
    default:
      // Of a tracker that is newer than this widget.
      return text;
  }
}
