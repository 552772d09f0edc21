import type { AccessRequest } from '@datamesh/contracts';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ApiProblem, asProblem } from '../../api/problem';
import { answerAccessRequest } from '../../dashboard/access-requests';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import type { AccessAnswer } from '../../layouts/sharing/access-calls';
import { ago, exactly } from '../../ui/times';
import { useStore } from '../../ui/use-store';
import './sharing.css';

/** Everybody who asks for a layout of one's own. */
export default function AccessRequests({ controller }: { controller: DashboardController }) {
  const { accessRequests } = useStore(controller.store);
  if (accessRequests.length === 0) return <p className="dialog-note">{i18n.t('Nobody waits for an answer.')}</p>;
  return <RequestList controller={controller} requests={accessRequests} titled />;
}

/** `titled`: with the layout that is asked for. */
export function RequestList({
  controller,
  requests,
  titled,
}: {
  controller: DashboardController;
  requests: readonly AccessRequest[];
  titled: boolean;
}) {
  return (
    <ul className="sharing-requests">
      {requests.map((request) => (
        <Request key={request.id} controller={controller} request={request} titled={titled} />
      ))}
    </ul>
  );
}

function Request({ controller, request, titled }: { controller: DashboardController; request: AccessRequest; titled: boolean }) {
  const { name, title, may, note, at } = request;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = async (given: AccessAnswer): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await answerAccessRequest(controller, request, given);
    } catch (cause) {
      // Answered in another window: the list says so in a moment.
      if (!(cause instanceof ApiProblem) || cause.code !== 'access_request_unknown') setProblem(asProblem(cause).message);
    }
    setBusy(false);
  };
  return (
    <li className="sharing-request" aria-busy={busy}>
      <p>
        {rich(
          (slots) =>
            titled
              ? may === 'edit'
                ? i18n.t('{name} asks to edit “{title}”, {when}.', { name: slots.name, title, when: slots.when })
                : i18n.t('{name} asks to see “{title}”, {when}.', { name: slots.name, title, when: slots.when })
              : may === 'edit'
                ? i18n.t('{name} asks to edit this layout, {when}.', slots)
                : i18n.t('{name} asks to see this layout, {when}.', slots),
          {
            name: <strong>{name}</strong>,
            when: (
              <time dateTime={at} title={exactly(at)}>
                {ago(at, Date.now())}
              </time>
            ),
          },
        )}
      </p>
      {note ? <p className="sharing-note">“{note}”</p> : null}
      <div className="sharing-answers">
        <Button className={`button small${may === 'view' ? ' primary' : ''}`} isDisabled={busy} onPress={() => void answer('view')}>
          {i18n.t('Let {name} view', { name })}
        </Button>
        <Button className={`button small${may === 'edit' ? ' primary' : ''}`} isDisabled={busy} onPress={() => void answer('edit')}>
          {i18n.t('Let {name} edit', { name })}
        </Button>
        <Button className="button small quiet" isDisabled={busy} onPress={() => void answer('decline')}>
          {i18n.t('Decline')}
        </Button>
      </div>
      {problem === null ? null : (
        <p className="sharing-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
