import type { AccessRequest } from '@datamesh/contracts';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ApiProblem, asProblem } from '../../api/problem';
import { watchAccessRequests } from '../../shell/accessRequests';
import type { Desk } from '../../shell/desk';
import { ago, exactly } from '../../shell/times';
import { useStore } from '../../shell/useStore';
import { answerRequest } from './accessCalls';
import './sharing.css';

/** Everybody who asks for a layout of one's own. */
export default function AccessRequests({ desk }: { desk: Desk }) {
  const { accessRequests } = useStore(desk.store);
  if (accessRequests.length === 0) return <p className="dialog-note">Nobody waits for an answer.</p>;
  return <RequestList desk={desk} requests={accessRequests} titled />;
}

/** `titled`: with the layout that is asked for. */
export function RequestList({ desk, requests, titled }: { desk: Desk; requests: readonly AccessRequest[]; titled: boolean }) {
  return (
    <ul className="sharing-requests">
      {requests.map((request) => (
        <Request key={request.id} desk={desk} request={request} titled={titled} />
      ))}
    </ul>
  );
}

function Request({ desk, request, titled }: { desk: Desk; request: AccessRequest; titled: boolean }) {
  const { name, title, may, note, at } = request;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = async (given: 'view' | 'edit' | 'decline'): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await answerRequest(request, given);
      desk.toasts.show('good', given === 'decline' ? `${name} gets no access.` : `${name} may ${given} “${title}” from now on.`);
    } catch (cause) {
      // Answered in another window: the list says so in a moment.
      if (!(cause instanceof ApiProblem) || cause.code !== 'access_request_unknown') setProblem(asProblem(cause).message);
    }
    setBusy(false);
    watchAccessRequests(desk);
  };
  return (
    <li className="sharing-request" aria-busy={busy}>
      <p>
        <strong>{name}</strong> asks {may === 'edit' ? 'to edit' : 'to see'} {titled ? `“${title}”` : 'this layout'},{' '}
        <time dateTime={at} title={exactly(at)}>
          {ago(at, Date.now())}
        </time>
        .
      </p>
      {note ? <p className="sharing-note">“{note}”</p> : null}
      <div className="sharing-answers">
        <Button className={`button small${may === 'view' ? ' primary' : ''}`} isDisabled={busy} onPress={() => void answer('view')}>
          Let {name} view
        </Button>
        <Button className={`button small${may === 'edit' ? ' primary' : ''}`} isDisabled={busy} onPress={() => void answer('edit')}>
          Let {name} edit
        </Button>
        <Button className="button small quiet" isDisabled={busy} onPress={() => void answer('decline')}>
          Decline
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
