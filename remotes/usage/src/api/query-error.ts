/** An error in the reader's words: what is wrong, and what to do about it. Pure. */

import type { DataError } from '@datamesh/widget-sdk';
import { say } from '../say';

export interface QueryError {
  title: string;
  action: string;
  /** Whether asking again may help. */
  retryable: boolean;
}

const WORDS: Record<string, Omit<QueryError, 'retryable'> & { retryable?: boolean }> = {
  not_signed_in: { title: 'You are signed out', action: 'Reload the page to sign in again.', retryable: false },
  query_timeout: { title: 'That took too long', action: 'Choose a shorter range, or remove a filter.' },
  range_empty: { title: 'There is nothing in this range', action: 'Choose another range.', retryable: false },
  range_too_large: {
    title: 'The range is too long',
    action: 'At most 400 days are answered at once: choose a shorter one.',
    retryable: false,
  },
  too_many_events: { title: 'Too many events match the steps', action: 'Choose a shorter range, or add a filter.', retryable: false },
  bucket_too_fine: { title: 'That is too fine for the range', action: 'Choose a wider unit, or a shorter range.', retryable: false },
  identity_daily: {
    title: 'Visitors of this site are new every day',
    action: 'Nobody can be followed over several days here. Choose a site whose visitors sign in.',
    retryable: false,
  },
  too_few_visitors: {
    title: 'Too few people did this',
    action: 'What single people do is not shown. Choose a longer range, or remove a filter.',
    retryable: false,
  },
  unreachable: { title: 'The server could not be reached', action: 'It is tried again by itself.' },
  too_busy: { title: 'Many questions wait for an answer just now', action: 'It is asked again by itself.' },
  identity_unavailable: { title: 'It cannot be told just now who you are', action: 'It is tried again by itself.' },
};

export function describeQueryError(error: DataError, site: string): QueryError {
  const { title, action, retryable } = describeInEnglish(error);
  return { title: say(title, { site }), action: say(action), retryable };
}

function describeInEnglish({ code, status, message }: DataError): QueryError {
  const known = WORDS[code];
  if (known) return { retryable: true, ...known };
  if (code.startsWith('pinot_'))
    return {
      retryable: true,
      title: 'The store of visits does not answer as it should',
      action: 'It is asked again by itself. If that does not help, it is for whoever runs the tracker.',
    };
  if (status === 401) return { retryable: false, title: 'You are signed out', action: 'Reload the page to sign in again.' };
  if (status === 403 || status === 404)
    return { retryable: true, title: 'The visits of “{site}” are not yours to see', action: 'Ask its department, or choose another site.' };
  return { retryable: true, title: 'The visits could not be loaded', action: message };
}

/** Within a sentence. Only its beginning: the name of a site stays as it is written. */
export const withinSentence = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** Why events were not counted, in words. */
const REASONS: Record<string, string> = {
  bot: 'bots',
  privacy: 'visitors who ask not to be tracked',
  duplicate: 'sent twice',
  not_signed_in: 'nobody signed in',
  origin_not_allowed: 'from pages that are not of the site',
  unknown_site: 'for an unknown site',
  bad_event: 'that could not be read',
  bad_id: 'with an id that is none',
  key_refused: 'with a key that is not of the site',
  too_large: 'too large',
  identity_unavailable: 'while sign-ins could not be checked',
  spool_full: 'while there was no space',
  spool_failed: 'while the disk failed',
  stopping: 'while the tracker was stopping',
};

export const reasonText = (reason: string): string => say(REASONS[reason] ?? reason.replaceAll('_', ' '));
