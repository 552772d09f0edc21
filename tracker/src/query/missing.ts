/** What an answer lacks, by a code that screens have their own words for, and in English for whoever reads the answer itself. */
import type { Missing } from '@datamesh/contracts';

export const fewVisitors = (least: number): Missing => ({
  code: 'few_visitors',
  least,
  text: `what fewer than ${least} visitors did is not shown`,
});

const forOwners = 'are for admins and the teams that own the site';
export const SINGLE_EVENTS: Missing = { code: 'single_events', text: `single events ${forOwners}` };
export const SESSION_PAGES: Missing = { code: 'session_pages', text: `pages that sessions began and ended with ${forOwners}` };

export const RARE_VALUES: Missing = {
  code: 'rare_values',
  text: 'there is more than the store counts in one query; rare values are left out',
};

export const silentServers = (silent: number, servers: number): Missing => ({
  code: 'silent_servers',
  silent,
  servers,
  text: `${silent} of ${servers} servers of the store did not answer`,
});

/** `error`: as the store names it. */
export const storeError = (error: string): Missing => ({ code: 'store_error', error, text: `the store reports ${error}` });

export const STORE_PARTIAL: Missing = { code: 'store_partial', text: 'the store calls its answer partial' };

/** Each once, however many questions an answer took. */
export class MissingOnce {
  readonly #found = new Map<string, Missing>();

  readonly add = (missing: Missing): void => void this.#found.set(missing.text, missing);

  /** The member of an answer that says so, where there is something to say. */
  get partial(): { partial?: Missing[] } {
    return this.#found.size > 0 ? { partial: [...this.#found.values()] } : {};
  }
}
