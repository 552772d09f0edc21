import type { Account } from '@datamesh/contracts';
import { useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { api, ask } from '../../api/client';
import { PageHeading } from '../../pages/PageHeading';
import { PagesEnd } from '../../pages/PagesEnd';
import { type Fetched, usePages } from '../../pages/usePages';
import { PlaceLink } from '../../shell/PlaceLink';
import { adminPath } from '../../shell/route';
import { ago, exactly } from '../../shell/times';
import type { SectionProps } from '../section';

const findAccounts = (q: string, cursor: string | null, signal: AbortSignal): Promise<Fetched<Account>> =>
  ask(api.GET('/accounts', { params: { query: { limit: 50, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) } }, signal }));

/** Who has signed in, and as what. */
export function People({ desk }: SectionProps) {
  const [text, setText] = useState('');
  const q = text.trim();
  const people = usePages(q, (cursor, signal) => findAccounts(q, cursor, signal));
  return (
    <>
      <PageHeading title="People">
        <p className="place-small">
          Who has signed in, as the company’s sign-in described them the last time. Roles, departments and teams are changed there, and hold
          here from the next sign-in on.
        </p>
      </PageHeading>
      <SearchField className="place-search" aria-label="Find people" value={text} onChange={setText} maxLength={80}>
        <Input className="input" placeholder="Find by name" />
      </SearchField>
      {people.items.length > 0 ? (
        <ul className="place-rows" aria-label="People" aria-busy={people.state === 'looking'}>
          {people.items.map((person) => (
            <li key={person.id} className="administration-row" aria-label={person.name}>
              <div>
                <strong>{person.name}</strong>
                <span className="place-small">{describe(person)}</span>
              </div>
              <span className="place-small">
                signed in <time title={exactly(person.signedInAt)}>{ago(person.signedInAt, Date.now())}</time> ·{' '}
                <PlaceLink desk={desk} path={`${adminPath('audit')}?actor=${encodeURIComponent(`user:${person.id}`)}`}>
                  What {person.name} did
                </PlaceLink>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <PagesEnd of={people} what="The list of people" nothing={q ? `Nobody called “${q}” has signed in.` : 'Nobody has signed in yet.'} />
    </>
  );
}

function describe({ id, roles, departments, teams }: Account): string {
  return [
    id,
    roles === null ? 'roles not noted before the next sign-in' : roles.join(', ') || 'no role',
    departments.length > 0 ? `departments: ${departments.join(', ')}` : 'no department',
    ...(teams && teams.length > 0 ? [`teams: ${teams.join(', ')}`] : []),
  ].join(' · ');
}
