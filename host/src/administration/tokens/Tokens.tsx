import type { Token } from '@datamesh/contracts';
import { api, ask } from '../../api/client';
import { isAdmin, mayMakeToken } from '../../dashboard/loading';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import { PageHeading } from '../../pages/PageHeading';
import { useLive } from '../../pages/use-live';
import { Waiting } from '../../pages/Waiting';
import { ago, dayOf, exactly } from '../../ui/times';
import { useStore } from '../../ui/use-store';
import type { SectionProps } from '../section';

/**
 * Pages of registry-api that load no widget. What a session alone can do any widget on this page can do as well: so a token is made and revoked
 * there, after a sign-in for it, and here it is only seen.
 */
const NEW = '/api/v1/session/tokens/new';
const revokePath = (id: string): string => `/api/v1/session/tokens?token=${encodeURIComponent(id)}`;

/** One's own tokens; for administrators all. */
export function Tokens({ controller }: SectionProps) {
  const { session } = useStore(controller.store);
  const admin = isAdmin(session);
  const tokens = useLive(controller, '', [], async () => (await ask(api.GET('/tokens'))).items);
  const { value } = tokens;
  return (
    <>
      <PageHeading title={i18n.t('Tokens')}>
        <p className="place-small">
          {admin ? i18n.t('Everybody’s.') : i18n.t('Those that you made.')}{' '}
          {i18n.t(
            'Whoever has one publishes as its team, or keeps the layouts of its department. A secret is shown once, when it is made, and never again; to make or to revoke one you sign in for it.',
          )}
        </p>
      </PageHeading>
      <Waiting of={tokens} lines={4} what={i18n.t('The list of tokens')} />
      {value?.length === 0 ? <p className="place-empty">{i18n.t('There is no token.')}</p> : null}
      {value && value.length > 0 ? (
        <ul className="place-rows" aria-label={i18n.t('Tokens')}>
          {value.map((token) => (
            <li key={token.id} className="administration-row" aria-label={token.name}>
              <div>
                <strong>{token.name}</strong>
                <Facts token={token} />
              </div>
              <a className="button small bad" href={revokePath(token.id)}>
                <span aria-hidden="true">{i18n.t('Revoke…')}</span>
                <span className="hidden-text">{i18n.t('Revoke {token}…', { token: token.name })}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {mayMakeToken(session) ? (
        <p>
          <a className="button" href={NEW}>
            {i18n.t('New token…')}
          </a>
        </p>
      ) : (
        <p className="place-empty">{i18n.t('You are a member of no team and no department that you could make a token for.')}</p>
      )}
    </>
  );
}

function Facts({ token: { team, department, createdBy, createdAt, expiresAt, lastUsedAt } }: { token: Token }) {
  const now = Date.now();
  const over = Date.parse(expiresAt) <= now;
  return (
    <span className="place-small">
      {department === null ? i18n.t('team {team}', { team }) : i18n.t('layouts of {department}', { department })} ·{' '}
      {i18n.t('made by {who} on {day}', { who: createdBy.replace(/^user:/, ''), day: dayOf(createdAt) })} ·{' '}
      {over ? i18n.t('over since {day}', { day: dayOf(expiresAt) }) : i18n.t('until {day}', { day: dayOf(expiresAt) })} ·{' '}
      {lastUsedAt
        ? rich((slots) => i18n.t('used {when}', slots), { when: <time title={exactly(lastUsedAt)}>{ago(lastUsedAt, now)}</time> })
        : i18n.t('never used')}
    </span>
  );
}
