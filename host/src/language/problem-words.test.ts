import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Messages } from '@lingui/core';
import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../api/problem';
import german from './generated/de.json';
import { english, i18n } from './i18n';
import { speakOfProblems } from './localized-problems';
import { wordsOf } from './problem-words';

/** Said to programs: those that publish, count, or keep a lease. And pages of registry-api and of the edge that have words of their own. */
const NOT_ON_THE_PAGE =
  /^(workload_|lease_|tarball_|manifest_|package_|worker_refused|audience_|bad_batch|batch_|bearer_|bootstrap_|container_|entry_|erasure_|event_|expose_|file_type_|header|host_|if_match|issuer_unknown|key_refused|logout_|media_missing|name_|navigation_|path_(duplicate|refused|unexpected|unsafe)|public_path_|publish|revision_(backwards|conflict)|shared_out|sign_in_|source_refused|subject_|ticket_|too_many_(entries|trusts|versions)|trust_|unexpected_answer|unsupported_media|upload_|upstream_(timeout|unavailable)|version_(exists|invalid|mismatch)|token_)/;

const answered = readFileSync(join(import.meta.dirname, '../../../docs/errors.md'), 'utf8')
  .split(/^## /m)[1]
  ?.matchAll(/^\| `(\w+)` \| [^|]* \| ([^|]*) \|/gm);
const codes = [...(answered ?? [])].filter(([, , by = '']) => /edge|registry-api|tracker/.test(by)).map(([, code = '']) => code);

const inGerman = (): void => {
  speakOfProblems(wordsOf);
  i18n.loadAndActivate({ locale: 'de', messages: german as unknown as Messages });
};
afterEach(() => {
  speakOfProblems(undefined);
  i18n.loadAndActivate({ locale: 'en', messages: english });
});

describe('what a service answers', () => {
  it('has words of the page for each code that the page can be given', () => {
    expect(codes.length).toBeGreaterThan(150);
    expect(codes.filter((code) => !NOT_ON_THE_PAGE.test(code) && wordsOf(code) === undefined)).toEqual([]);
  });

  it('is told in the page’s language, by its code', () => {
    inGerman();
    const problem = new ApiProblem({ status: 409, code: 'layout_pinned', title: 'Conflict', detail: 'It is pinned for sales' });
    expect(problem.message).toMatch(/^Eine Abteilung hat dieses Layout angeheftet\./);
    expect(new ApiProblem({ status: 503, code: 'pinot_busy', detail: 'No server of the table answers' }).message).toMatch(/^Der Speicher/);
  });

  it('is told as the service says it in English, which names what it is about, and wherever there are no words', () => {
    const known = { status: 409, code: 'layout_pinned', detail: 'It is pinned for sales' };
    expect(new ApiProblem(known).message).toBe('It is pinned for sales');
    expect(new ApiProblem({ status: 409, code: 'layout_pinned', title: 'Conflict' }).message).toBe('Conflict');
    inGerman();
    expect(new ApiProblem({ status: 409, code: 'unheard_of', detail: 'Nobody foresaw this' }).message).toBe('Nobody foresaw this');
    expect(new ApiProblem({ status: 409, code: 'toString', detail: 'Nobody foresaw this' }).message).toBe('Nobody foresaw this');
  });
});
