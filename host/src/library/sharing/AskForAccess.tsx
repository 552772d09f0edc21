import { isTitle } from '@datamesh/contracts/titles';
import { useId, useState } from 'react';
import { asProblem } from '../../api/problem';
import { i18n } from '../../language/i18n';
import { rich } from '../../language/rich';
import { askForAccess } from '../../layouts/sharing/access-calls';
import { exactly } from '../../ui/times';
import './sharing.css';

type State = { kind: 'open' | 'asking' } | { kind: 'asked'; at: string } | { kind: 'failed'; text: string };

/** In front of a layout that is not shared with whoever followed a link to it. */
export default function AskForAccess({ layout, requestedAt }: { layout: string; requestedAt: string | undefined }) {
  const [note, setNote] = useState('');
  const [state, setState] = useState<State>(requestedAt === undefined ? { kind: 'open' } : { kind: 'asked', at: requestedAt });
  const field = useId();
  const ask = async (): Promise<void> => {
    setState({ kind: 'asking' });
    try {
      setState({ kind: 'asked', at: await askForAccess(layout, 'view', isTitle(note) ? note.trim() : '') });
    } catch (cause) {
      setState({ kind: 'failed', text: asProblem(cause).message });
    }
  };
  if (state.kind === 'asked')
    return (
      <p className="ask-done" role="status">
        {rich(
          ({ when }) =>
            i18n.t(
              'You have asked for access on {when}. If there is such a layout, its owner knows. Leave this page open: it opens by itself as soon as it is shared with you.',
              { when },
            ),
          { when: <time dateTime={state.at}>{exactly(state.at)}</time> },
        )}
      </p>
    );
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <p>{i18n.t('Did somebody send you the link? Its owner can let you in.')}</p>
      <label className="field-label" htmlFor={field}>
        {i18n.t('What do you need it for? (optional)')}
      </label>
      <div className="ask-row">
        <input id={field} className="input" value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />
        <button type="submit" className="button primary" aria-disabled={state.kind === 'asking'}>
          {state.kind === 'asking' ? i18n.t('Asking…') : i18n.t('Ask for access')}
        </button>
      </div>
      {state.kind === 'failed' ? (
        <p className="sharing-problem" role="alert">
          {state.text}
        </p>
      ) : null}
    </form>
  );
}
