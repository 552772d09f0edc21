/** Removes what an account site knows of the reader. Same-origin, so that the edge vouches for who they are. */
import { DataError } from '@datamesh/widget-sdk';
import { refusal } from './refusal';

export async function erase(site: string): Promise<void> {
  const response = await fetch('/api/tracker/v1/erasures', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ site }),
  }).catch(() => {
    throw new DataError('unreachable', 'The server could not be reached. Nothing was removed.');
  });
  if (!response.ok) throw await refusal(response);
}
