import type { Account } from '@datamesh/contracts';
import { useState } from 'react';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { api, ask } from '../../api/client';
import { PlaceLink } from '../../dashboard/PlaceLink';
import { adminPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import { roleName } from '../../language/role-names';
import { PageHeading } from '../../pages/PageHeading';
import { PagesEnd } from '../../pages/PagesEnd';
import { type Fetched, usePages } from '../../pages/use-pages';
import { ago, exactly } from '../../ui/times';
import type { SectionProps } from '../section';

const findAccounts = (q: string, cursor: string | null, signal: AbortSignal): Promise<Fetched<Account>> =>
  ask(api.GET('/accounts', { params: { query: { limit: 50, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) } }, signal }));

/** Who has signed in, and as what. */
export function People({ controller }: SectionProps) {
  const [text, setText] = useState('');
  const q = text.trim();
  const people = usePages(q, (cursor, signal) => findAccounts(q, cursor, signal));
  return (
    <>
      <PageHeading title={i18n.t('People')}>
        <p className="place-small">
          {i18n.t(
            'Who has signed in, as the company’s sign-in described them the last time. Roles, departments and teams are changed there, and hold here from the next sign-in on.',
          )}
        </p>
      </PageHeading>
      <SearchField className="place-search" aria-label={i18n.t('Find people')} value={text} onChange={setText} maxLength={80}>
        <Input className="input" placeholder={i18n.t('Find by name')} />
      </SearchField>
      {people.items.length > 0 ? (
        <ul className="place-rows" aria-label={i18n.t('People')} aria-busy={people.state === 'looking'}>
          {people.items.map((person) => (
            <li key={person.id} className="administration-row" aria-label={person.name}>
              <div>
                <strong>{person.name}</strong>
                <span className="place-small">{describe(person)}</span>
              </div>
              <span className="place-small">
                {rich((slots) => i18n.t('signed in {when}', slots), {
                  when: <time title={exactly(person.signedInAt)}>{ago(person.signedInAt, Date.now())}</time>,
                })}{' '}
                ·{' '}
                <PlaceLink controller={controller} path={`${adminPath('audit')}?actor=${encodeURIComponent(`user:${person.id}`)}`}>
                  {i18n.t('What {person} did', { person: person.name })}
                </PlaceLink>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <PagesEnd
        of={people}
        what={i18n.t('The list of people')}
        nothing={q ? i18n.t('Nobody called “{words}” has signed in.', { words: q }) : i18n.t('Nobody has signed in yet.')}
      />
    </>
  );
}

function describe({ id, roles, departments, teams }: Account): string {
  return [
    id,
    roles === null ? i18n.t('roles not noted before the next sign-in') : roles.map(roleName).join(', ') || i18n.t('no role'),
    departments.length > 0 ? i18n.t('departments: {departments}', { departments: departments.join(', ') }) : i18n.t('no department'),
    ...(teams && teams.length > 0 ? [i18n.t('teams: {teams}', { teams: teams.join(', ') })] : []),
  ].join(' · ');
}
