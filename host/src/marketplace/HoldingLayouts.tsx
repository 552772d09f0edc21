import type { HoldingLayout, WidgetDetail } from '@datamesh/contracts';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { api, ask } from '../api/client';
import type { Desk } from '../shell/desk';
import { PlaceLink } from '../shell/PlaceLink';
import { layoutPath } from '../shell/route';
import { ago } from '../shell/times';
import { useStore } from '../shell/useStore';
import { counted } from './inFigures';
import { looksAfter } from './looksAfter';
import { Waiting } from './UsageNotes';
import { useAnswer } from './useAnswer';

const atFirst = 10;
/** As many as are told at once. */
const most = 200;

/** For whoever looks after the widget: which layouts hold it, of those that they may see. */
export function HoldingLayouts({ desk, widget }: { desk: Desk; widget: WidgetDetail }) {
  const { user } = useStore(desk.store).session;
  return looksAfter(user, widget) && widget.layouts > 0 ? <Holding desk={desk} name={widget.name} /> : null;
}

function Holding({ desk, name }: { desk: Desk; name: string }) {
  const [limit, setLimit] = useState(atFirst);
  const query = { widget: name, limit };
  const answer = useAnswer(`${name} ${limit}`, () => ask(api.GET('/holding-layouts', { params: { query } })));
  return (
    <section className="details-usage" aria-label="Layouts that hold it" aria-busy={answer.state === 'loading'}>
      <h3>Layouts that hold it</h3>
      {answer.state === 'loading' ? <Waiting lines={3} /> : null}
      {answer.state === 'failed' ? (
        <div className="usage-text">
          <p>Which ones is not known right now. {answer.problem.message}</p>
          <Button className="button" onPress={answer.retry}>
            Look again
          </Button>
        </div>
      ) : null}
      {answer.state === 'ready' ? (
        <>
          <ul className="holding">
            {answer.value.items.map((layout) => (
              <Holder key={layout.id} desk={desk} layout={layout} />
            ))}
          </ul>
          <p className="details-small">{inWords(answer.value.total, answer.value.items.length, answer.value.next !== null)}</p>
          {answer.value.next !== null && limit < most ? (
            <Button className="button" onPress={() => setLimit(most)}>
              Show more
            </Button>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

const Holder = ({ desk, layout }: { desk: Desk; layout: HoldingLayout }) => (
  <li>
    <PlaceLink desk={desk} path={layoutPath(layout.id)}>
      {layout.title}
    </PlaceLink>
    <small>
      {layout.ownerName}
      {layout.panels.length > 1 ? ` · in ${layout.panels.length} panels` : ''} · changed {ago(layout.updatedAt, Date.now())}
    </small>
  </li>
);

/** How many there are besides those that are shown. */
function inWords(total: number, shown: number, more: boolean): string {
  const all = `In ${counted(total, 'layout', 'layouts')}`;
  if (more) return `${all}; these changed last.`;
  if (shown === total) return `${all}.`;
  if (shown === 0) return `${all}, not shared with you.`;
  return `${all}; ${total - shown === 1 ? 'the other is' : 'the others are'} not shared with you.`;
}
