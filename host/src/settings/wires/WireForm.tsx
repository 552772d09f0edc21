import type { PanelBinding } from '@datamesh/contracts';
import { addWire } from '@datamesh/layout';
import { type ReactNode, useEffect, useReducer, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { eventType } from '../../interop/bindings';
import { i18n } from '../../language/i18n';
import { Choice } from '../Choice';
import { describeWire } from './describe-wire';
import { PayloadTree } from './PayloadTree';
import { manifestOf, titleIn } from './panels-of-layout';
import { EVENT_NAME, eventsOf, payloadTree, sayingOf, sayingsOf } from './payload';
import { mayBeWired, targetsOf } from './targets';
import { usePointing } from './use-pointing';

const OTHER = 'other';
const TAKE = /^[A-Za-z_][A-Za-z0-9_-]*(\.([A-Za-z_][A-Za-z0-9_-]*|[0-9]{1,4}))*$/;

interface WireFormProps {
  controller: DashboardController;
  open: OpenLayout;
  /** Where the wire ends. */
  panel: string;
  close(): void;
}

/** From which panel, what of what it says, to what of this one; the page beside it stays in use, so that the panel can be made to say it. */
export function WireForm({ controller, open, panel, close }: WireFormProps) {
  const [from, setFrom] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [event, setEvent] = useState('');
  const [take, setTake] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  const [attribute, setAttribute] = useState('');
  const [, again] = useReducer((count: number) => count + 1, 0);
  const events = from === null ? [] : eventsOf(manifestOf(controller, open, from));
  const looked = (EVENT_NAME.test(event) ? [...events, event] : events).join(' ');
  useEffect(() => {
    if (from === null) return undefined;
    const stops = [open.workspace.interop.onSaid(from, again), open.workspace.lookAt(from, looked.split(' '))];
    return () => {
      for (const stop of stops) stop();
    };
  }, [open, from, looked]);
  const start = (id: string): void => {
    if (id === panel || id === from) return;
    setFrom(id);
    setSaid(null);
    setTake('');
  };
  const { pointing, point } = usePointing(start);

  const others = open.workspace.panels().filter(({ id }) => id !== panel);
  const source = others.some(({ id }) => id === from) ? from : null;
  const sayings = source === null ? [] : sayingsOf(open.workspace.interop.said(source), manifestOf(controller, open, source));
  // What it says while one looks is what one waits for.
  const type = said ?? sayings.find(({ last }) => last)?.type ?? null;
  const saying = type === OTHER ? (EVENT_NAME.test(event) ? sayingOf(eventType(event)) : null) : type === null ? null : sayingOf(type);
  const last = sayings.find((one) => one.type === saying?.type)?.last;
  const targets = targetsOf(manifestOf(controller, open, panel), open.workspace.attributesOf(panel));
  // A setting is also an attribute: who types its name means the setting.
  const chosen = targets.find(({ kind, name }) => (target === OTHER ? name === attribute : `${kind} ${name}` === target));
  const end = chosen ? { [chosen.kind]: chosen.name } : target === OTHER && mayBeWired(attribute) ? { attribute } : null;
  const wire =
    source !== null && saying && TAKE.test(take) && end
      ? ({
          from: source,
          ...(saying.event === undefined ? { context: saying.context } : { event: saying.event }),
          take,
          ...end,
        } as PanelBinding)
      : null;
  const add = (): void => {
    if (!wire) return;
    open.session.edit(addWire(open.session.state.content, panel, wire), i18n.t('Wire {panel}', { panel: titleIn(open, panel) }));
    open.workspace.announce(i18n.t('Wired'));
    close();
  };

  return (
    <form
      className="wire-form"
      aria-label={i18n.t('New wire')}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        add();
      }}
    >
      <Labelled label={i18n.t('When this panel')}>
        <div className="wire-from">
          <Choice
            label={i18n.t('When this panel')}
            items={others.map(({ id, title }) => ({ id, label: title }))}
            chosen={source}
            choose={start}
          />
          <Button className="button" onPress={point} aria-pressed={pointing}>
            {pointing ? i18n.t('Click a panel…') : i18n.t('Point at it')}
          </Button>
        </div>
      </Labelled>
      {source === null ? null : (
        <>
          <Labelled label={i18n.t('says or does this')}>
            <Choice
              label={i18n.t('says or does this')}
              items={[
                ...sayings.map(({ type: id, context, event: name, last: heard }) => ({
                  id,
                  label: context ?? i18n.t('event {name}', { name }),
                  detail: heard ? undefined : i18n.t('not yet'),
                })),
                { id: OTHER, label: i18n.t('Another event of its element…') },
              ]}
              chosen={type}
              choose={(id) => {
                setSaid(id);
                setTake('');
              }}
            />
          </Labelled>
          {type === OTHER ? (
            <Typed label={i18n.t('Name of the event')} value={event} change={setEvent} valid={EVENT_NAME.test(event)} />
          ) : null}
          {last ? (
            <Labelled label={i18n.t('What {panel} said last: take one of it', { panel: titleIn(open, source) })}>
              <PayloadTree label={i18n.t('What it said last')} nodes={payloadTree(last)} chosen={take} choose={setTake} />
            </Labelled>
          ) : (
            <p className="field-description" role="status">
              {i18n.t('Nothing of it has been heard yet. Use {panel}: select a row, press a button. What it says is shown here.', {
                panel: titleIn(open, source),
              })}
            </p>
          )}
          <Typed
            label={i18n.t('Take this of it')}
            value={take}
            change={setTake}
            valid={TAKE.test(take)}
            placeholder={saying?.event ? 'detail.symbol' : 'id.ticker'}
          />
        </>
      )}
      <Labelled label={i18n.t('and set this of {panel}', { panel: titleIn(open, panel) })}>
        <Choice
          label={i18n.t('and set this of {panel}', { panel: titleIn(open, panel) })}
          items={[
            ...targets.map(({ kind, name, label }) => ({
              id: `${kind} ${name}`,
              label,
              detail: kind === 'attribute' ? 'attribute' : label === name ? undefined : name,
            })),
            { id: OTHER, label: i18n.t('Another attribute…') },
          ]}
          chosen={target}
          choose={setTarget}
        />
      </Labelled>
      {target === OTHER ? (
        <Typed label={i18n.t('Name of the attribute')} value={attribute} change={setAttribute} valid={mayBeWired(attribute)} />
      ) : null}
      <p className="wire-sentence" role="status">
        {wire ? describeWire(wire, (id) => titleIn(open, id), chosen?.label) : ''}
      </p>
      <div className="wire-actions">
        <Button className="button" onPress={close}>
          {i18n.t('Cancel')}
        </Button>
        <Button className="button primary" type="submit" isDisabled={!wire}>
          {i18n.t('Add wire')}
        </Button>
      </div>
    </form>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}

interface TypedProps {
  label: string;
  value: string;
  change(value: string): void;
  valid: boolean;
  placeholder?: string;
}

function Typed({ label, value, change, valid, placeholder }: TypedProps) {
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        className="input"
        value={value}
        maxLength={120}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={value !== '' && !valid}
        onChange={(event) => change(event.target.value.trim())}
      />
    </label>
  );
}
