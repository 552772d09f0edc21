import type { Panel } from '@datamesh/contracts';
import { removeWire, wiredTo, wireKey } from '@datamesh/layout';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { i18n } from '../../language/i18n';
import { Icon } from '../../ui/Icon';
import { describeWire, describeWireFrom } from './describe-wire';
import { manifestOf, titleIn } from './panels-of-layout';
import { labelOf, targetsOf } from './targets';
import { WireForm } from './WireForm';
import './wires.css';

/** As many as the contract lets a panel have. */
const MAX_WIRES = 20;

/** What other panels set of this one, and this one of others. */
export function Wires({ controller, open, id, panel }: { controller: DashboardController; open: OpenLayout; id: string; panel: Panel }) {
  const [adding, setAdding] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { bindings = [] } = panel;
  const targets = targetsOf(manifestOf(controller, open, id), []);
  const done = (): void => {
    setAdding(false);
    heading.current?.focus();
  };
  return (
    <section className="wires" aria-label={i18n.t('Wires')}>
      <h3 className="settings-title" ref={heading} tabIndex={-1}>
        {i18n.t('Wires')}
      </h3>
      {bindings.length > 0 ? (
        <ul className="wire-list">
          {bindings.map((wire) => {
            const sentence = describeWire(wire, (from) => titleIn(open, from), labelOf(targets, wire));
            return (
              <li key={wireKey(wire)}>
                <span>{sentence}</span>
                <Button
                  className="button quiet icon-only"
                  aria-label={i18n.t('Remove wire: {sentence}', { sentence })}
                  onPress={() => {
                    open.session.edit(
                      removeWire(open.session.state.content, id, wireKey(wire)),
                      i18n.t('Unwire {panel}', { panel: titleIn(open, id) }),
                    );
                    heading.current?.focus();
                  }}
                >
                  <Icon name="close" size={14} />
                </Button>
              </li>
            );
          })}
        </ul>
      ) : adding ? null : (
        <p className="field-description">
          {i18n.t('What another panel says, or an event that it fires, can set settings and attributes of this one.')}
        </p>
      )}
      {adding ? (
        <WireForm controller={controller} open={open} panel={id} close={done} />
      ) : bindings.length < MAX_WIRES ? (
        <Button className="button" onPress={() => setAdding(true)}>
          {i18n.t('Wire this panel…')}
        </Button>
      ) : (
        <p className="field-description">{i18n.t('A panel has at most {most} wires.', { most: MAX_WIRES })}</p>
      )}
      <WiresFrom controller={controller} open={open} id={id} />
    </section>
  );
}

/** They belong to the panels that they set, where they are changed. */
function WiresFrom({ controller, open, id }: { controller: DashboardController; open: OpenLayout; id: string }) {
  const heading = useId();
  const { content } = open.session.state;
  const wires = wiredTo(content, id).flatMap((target) =>
    (content.panels[target]?.bindings ?? [])
      .filter(({ from }) => from === id)
      .map((wire) => ({ target, wire, label: labelOf(targetsOf(manifestOf(controller, open, target), []), wire) })),
  );
  if (wires.length === 0) return null;
  return (
    <>
      <h4 className="field-label" id={heading}>
        {i18n.t('Wires from this panel')}
      </h4>
      <ul className="wire-list" aria-labelledby={heading}>
        {wires.map(({ target, wire, label }) => {
          const title = titleIn(open, target);
          return (
            <li key={`${target} ${wireKey(wire)}`}>
              <span>{describeWireFrom(wire, title, label)}</span>
              <Button className="link" onPress={() => controller.openDrawer({ kind: 'settings', panel: target })}>
                {i18n.t('Settings of {panel}', { panel: title })}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
