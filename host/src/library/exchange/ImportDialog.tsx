import type { LayoutContent } from '@datamesh/contracts';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { api, ask } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import { layoutPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { type Lacking, lackingIn, panelTitle, specsIn, withoutUnknown } from '../../layouts/exchange/lacking';
import { readLayoutFile, tooLarge } from '../../layouts/exchange/read-layout-file';
import { LARGEST_FILE } from '../../layouts/exchange/reading';
import { layoutCalls } from '../../layouts/layout-calls';
import { titlesLike } from '../../layouts/listing';
import { freeTitle } from '../../layouts/titles';
import { LayoutPicture } from '../LayoutPicture';
import './exchange.css';

/** What was read, and what this instance lacks of it. */
interface Proposal {
  content: LayoutContent;
  lacking: Lacking[];
}

interface State {
  proposal: Proposal | null;
  mistake: string | null;
  busy: boolean;
}

const NOTHING_READ: State = { proposal: null, mistake: null, busy: false };

async function proposed(from: () => Promise<string>): Promise<State> {
  try {
    const read = readLayoutFile(await from());
    if ('mistake' in read) return { ...NOTHING_READ, mistake: read.mistake };
    const { content } = read;
    const widgets = specsIn(content);
    const { items } = widgets.length > 0 ? await ask(api.POST('/resolve', { body: { widgets } })) : { items: [] };
    return { ...NOTHING_READ, proposal: { content, lacking: lackingIn(content, items) } };
  } catch (cause) {
    return { ...NOTHING_READ, mistake: asProblem(cause).message };
  }
}

/** A layout from a file or from text: first what it is and what is lacking for it here, then it is made. */
export default function ImportDialog({ controller, close }: { controller: DashboardController; close(): void }) {
  const [text, setText] = useState('');
  const [{ proposal, mistake, busy }, setState] = useState(NOTHING_READ);
  /** Of what was asked last: somebody may take another file meanwhile. */
  const asked = useRef(0);

  const read = async (from: () => Promise<string>): Promise<void> => {
    const turn = ++asked.current;
    setState({ ...NOTHING_READ, busy: true });
    const next = await proposed(from);
    if (turn === asked.current) setState(next);
  };
  const readFile = (file: File | undefined): void => {
    if (!file) return;
    if (file.size <= LARGEST_FILE) void read(() => file.text());
    else {
      asked.current += 1;
      setState({ ...NOTHING_READ, mistake: tooLarge() });
    }
  };
  const make = async ({ content, lacking }: Proposal): Promise<void> => {
    setState({ proposal: { content, lacking }, mistake: null, busy: true });
    try {
      const title = freeTitle(content.title, await titlesLike(content.title));
      const { id } = await layoutCalls.create({ ...withoutUnknown(content, lacking), title });
      close();
      await controller.go(layoutPath(id));
      controller.toasts.show('good', i18n.t('“{title}” is a layout of your own. Share it when others should see it.', { title }));
    } catch (cause) {
      setState({ proposal: { content, lacking }, mistake: asProblem(cause).message, busy: false });
    }
  };

  return (
    <form
      className="import-form"
      onSubmit={(event) => {
        event.preventDefault();
        // A disabled button would lose the focus.
        if (!proposal) void read(async () => text);
        else if (!busy) void make(proposal);
      }}
    >
      {proposal ? (
        <Proposed proposal={proposal} />
      ) : (
        <>
          <p className="dialog-text">
            {i18n.t('A file that “Export as JSON” has made, here or on another instance. You see what it is before anything is made.')}
          </p>
          <FileTrigger acceptedFileTypes={['application/json', '.json']} onSelect={(files) => readFile(files?.[0])}>
            <Button className="button" autoFocus>
              {i18n.t('Choose a file…')}
            </Button>
          </FileTrigger>
          <TextField className="field" value={text} onChange={setText}>
            <Label className="field-label">{i18n.t('Or paste what is in it')}</Label>
            <TextArea className="input" spellCheck="false" />
          </TextField>
        </>
      )}
      {mistake === null ? null : (
        <p className="import-mistake" role="alert">
          {mistake}
        </p>
      )}
      <div className="dialog-actions">
        {proposal ? (
          <>
            <Button className="button" onPress={() => setState(NOTHING_READ)} isDisabled={busy}>
              {i18n.t('Back')}
            </Button>
            {/* Another button than Continue, which stood there: the focus comes to it. */}
            <Button key="import" className="button primary" type="submit" autoFocus>
              {i18n.t('Import')}
            </Button>
          </>
        ) : (
          <>
            <Button className="button" onPress={close}>
              {i18n.t('Cancel')}
            </Button>
            <Button className="button primary" type="submit" isDisabled={text.trim() === ''}>
              {i18n.t('Continue')}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}

function Proposed({ proposal: { content, lacking } }: { proposal: Proposal }) {
  const count = Object.keys(content.panels).length;
  return (
    <div className="merge-scroll">
      <div className="layout-pictures">
        <figure>
          <LayoutPicture tree={content.tree} marked={new Set(lacking.flatMap(({ panels }) => panels))} />
          <figcaption>{i18n.t('{count, plural, one {One panel} other {# panels}}', { count })}</figcaption>
        </figure>
      </div>
      <p className="dialog-text">
        {i18n.t('“{title}” becomes a layout of your own, which nobody else sees until you share it.', { title: content.title })}
      </p>
      {lacking.length === 0 ? (
        <p className="dialog-text">{i18n.t('This instance has every widget that is in it.')}</p>
      ) : (
        <section className="merge-changes">
          <h3>{i18n.t('What this instance lacks')}</h3>
          <ul>
            {lacking.map(({ spec, panels, why, unknown }) => (
              <li key={spec} className="import-lack">
                <span>{panels.map((id) => panelTitle(content, id)).join(', ')}</span>
                <span className="merge-detail">
                  {why}{' '}
                  {unknown
                    ? i18n.t('Left out.')
                    : i18n.t('Comes along, and says so in its place until there is such a version or you choose another.')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
