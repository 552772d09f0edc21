import { say } from './words';

export interface Heading {
  /** As written in the settings, with the word that leads over to the subject. */
  lead: string;
  subject: string;
  /** A short code, shown beside the name: AAPL, JFK. */
  code: string;
}

/** "Notes", or "Notes on Apple AAPL". The code stands alone where there is no name, and is not said twice. */
export function headingOf(settings: { heading: string; follow: boolean }, subject: string | null, code: string | null): Heading {
  const heading = settings.heading.trim();
  const name = subject?.trim() || code?.trim() || '';
  if (!settings.follow || name === '') return { lead: heading, subject: '', code: '' };
  const short = code?.trim() ?? '';
  return { lead: heading === '' ? '' : say('{heading} on', { heading }), subject: name, code: short === name ? '' : short };
}
