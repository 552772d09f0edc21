import type { Panel, PanelBinding, WidgetManifest } from '@datamesh/contracts';
import { isTitle } from '@datamesh/contracts/titles';
import { setPanel } from '@datamesh/layout';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { DashboardController } from '../dashboard/dashboard-controller';
import type { OpenLayout } from '../dashboard/open-layout';
import { i18n } from '../language/i18n';
import { isResolution, type Resolution } from '../remotes/resolution';
import { Icon } from '../ui/Icon';
import { useStore } from '../ui/use-store';
import { ChannelChoice } from './ChannelChoice';
import { Choice } from './Choice';
import { SettingsForm } from './SettingsForm';
import { VersionChoice } from './VersionChoice';
import { describeWire } from './wires/describe-wire';
import { titleIn } from './wires/panels-of-layout';
import { labelOf, targetsOf } from './wires/targets';
import { Wires } from './wires/Wires';
import './settings.css';
import { titleRule } from '../language/terms';

const directions = (): { id: NonNullable<Panel['direction']>; label: string }[] => [
  { id: 'both', label: i18n.t('Send and receive') },
  { id: 'send', label: i18n.t('Only send') },
  { id: 'receive', label: i18n.t('Only receive') },
];

/** Everything about one panel. Each change is at once on the screen, part of the draft, and can be undone. */
export default function PanelSettings({
  controller,
  open,
  panel: id,
}: {
  controller: DashboardController;
  open: OpenLayout;
  panel: string;
}) {
  const { content } = useStore(open.session.store);
  const panel = content.panels[id];
  const close = (): void => {
    controller.openDrawer(null);
    open.workspace.focusPanel(id);
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const gone = panel === undefined;
  useEffect(() => {
    // The panel was closed meanwhile, by us or by an undo.
    if (gone) controller.openDrawer(null);
  }, [gone, controller]);
  if (!panel) return null;
  const change = (patch: Partial<Panel>, label: string): void =>
    open.session.edit(setPanel(open.session.state.content, id, patch), label, `${label} ${id}`);

  return (
    <aside
      className="drawer settings"
      aria-label={i18n.t('Panel settings')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <div className="drawer-head">
        <h2 ref={heading} tabIndex={-1}>
          {i18n.t('Panel settings')}
        </h2>
        <Button className="button quiet icon-only" aria-label={i18n.t('Close')} onPress={close}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="settings-scroll">
        <div className="fields">
          <TitleField key={id} title={panel.title ?? ''} change={(title) => change({ title }, i18n.t('Rename panel'))} />
          <div className="field-pair">
            <div className="field">
              <span className="field-label">{i18n.t('Channel')}</span>
              <ChannelChoice
                channel={panel.channel}
                defaultChannel={content.defaultChannel}
                choose={(channel) => change({ channel }, i18n.t('Change channel'))}
              />
            </div>
            <div className="field">
              <span className="field-label">{i18n.t('Direction')}</span>
              <Choice
                label={i18n.t('Direction')}
                items={directions()}
                chosen={panel.direction ?? 'both'}
                choose={(direction) => change({ direction: direction as NonNullable<Panel['direction']> }, i18n.t('Change direction'))}
              />
            </div>
          </div>
          <WidgetPart controller={controller} open={open} id={id} panel={panel} change={change} />
        </div>
      </div>
    </aside>
  );
}

/** What cannot be a title stays in the field, with the reason; the panel keeps the one it has. */
function TitleField({ title, change }: { title: string; change(title: string | null): void }) {
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <div className="field" data-invalid={refused !== null || undefined}>
      <label className="field-label" htmlFor="panel-title">
        {i18n.t('Title')}
      </label>
      <input
        id="panel-title"
        className="input"
        value={refused ?? title}
        maxLength={120}
        placeholder={i18n.t('As the widget says')}
        autoComplete="off"
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : 'panel-title-rule'}
        onChange={({ target: { value } }) => {
          const accepted = value === '' || isTitle(value);
          setRefused(accepted ? null : value);
          if (accepted) change(value === '' ? null : value);
        }}
      />
      {refused === null ? null : (
        <ul id="panel-title-rule" className="field-errors">
          <li>{titleRule()}</li>
        </ul>
      )}
    </div>
  );
}

interface WidgetPartProps {
  controller: DashboardController;
  open: OpenLayout;
  id: string;
  panel: Panel;
  change(patch: Partial<Panel>, label: string): void;
}

function WidgetPart({ controller, open, id, panel, change }: WidgetPartProps) {
  const { resolution, problem } = useResolution(controller, panel.widget);
  return (
    <>
      <div className="field">
        <span className="field-label">{i18n.t('Version')}</span>
        <VersionChoice
          spec={panel.widget}
          running={resolution?.version ?? null}
          choose={(widget) => change({ widget }, i18n.t('Change version'))}
        />
      </div>
      <Wires controller={controller} open={open} id={id} panel={panel} />
      <h3 className="settings-title">{resolution?.widget.title ?? i18n.t('Widget')}</h3>
      {problem ? (
        <p className="field-description" role="alert">
          {problem}
        </p>
      ) : null}
      {resolution ? <About widget={resolution.widget} /> : null}
      {resolution ? (
        <SettingsForm
          key={resolution.version}
          edit={(edit, label) =>
            open.session.edit(edit(open.session.state.content), label, label === 'Change settings' ? `settings ${id}` : undefined)
          }
          id={id}
          panel={panel}
          resolution={resolution}
          manifests={manifestsOf(controller, open)}
          wired={wiredSettings(open, panel, resolution.widget)}
        />
      ) : null}
    </>
  );
}

/** What its publishers say of it; links lead only to https. */
function About({ widget }: { widget: WidgetManifest }) {
  const link = [widget.homepage, widget.repository].find((url) => url?.startsWith('https://'));
  return (
    <p className="field-description">
      {widget.description}{' '}
      {link ? (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {i18n.t('More about it')}
        </a>
      ) : null}
    </p>
  );
}

/** By the setting's name, what sets it. */
function wiredSettings(open: OpenLayout, { bindings = [] }: Panel, widget: WidgetManifest): ReadonlyMap<string, string> {
  const targets = targetsOf(widget, []);
  const sentence = (wire: PanelBinding): string => describeWire(wire, (from) => titleIn(open, from), labelOf(targets, wire));
  return new Map(bindings.flatMap((wire) => (wire.setting === undefined ? [] : [[wire.setting, sentence(wire)] as const])));
}

function manifestsOf(controller: DashboardController, open: OpenLayout): WidgetManifest[] {
  const specs = new Set(Object.values(open.session.state.content.panels).map(({ widget }) => widget));
  return [...specs].flatMap((spec) => {
    const known = controller.resolutions.peek(spec);
    return known && isResolution(known) ? [known.widget] : [];
  });
}

/** What the panel's spec means right now; follows it when it moves. */
function useResolution(controller: DashboardController, spec: string): { resolution: Resolution | null; problem: string | null } {
  const [asked, setAsked] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const known = controller.resolutions.peek(spec);
  useEffect(() => controller.resolutions.onChange((changed) => changed === spec && setAsked((count) => count + 1)), [controller, spec]);
  useEffect(() => {
    let current = true;
    setProblem(null);
    controller.resolutions.get(spec).then(
      () => current && setAsked((count) => count + 1),
      (cause: unknown) => current && setProblem(cause instanceof Error && 'text' in cause ? String(cause.text) : String(cause)),
    );
    return () => {
      current = false;
    };
  }, [controller, spec]);
  void asked;
  return { resolution: known && isResolution(known) ? known : null, problem };
}
