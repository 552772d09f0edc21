import { shownVersion } from '@datamesh/contracts/versions';
import { isPinned, partsOf } from '../../remotes/resolution';
import type { PanelReport } from '../../workspace/types';
import type { OpenDashboard } from '../open-dashboard';

type Noting = Pick<OpenDashboard, 'resolutions' | 'notifications'>;
type Reported = Pick<PanelReport, 'kind' | 'panel' | 'widget' | 'version' | 'layout' | 'runs' | 'reason'>;

/** What becomes of the versions in one layout, as news: of each widget once, however many panels and pages show it. */
export class VersionNews {
  /** What each panel asked for when it last ran: another version that a person chose is no news to them. */
  readonly #specs = new Map<string, string>();
  /** What was gone back to, by spec. */
  readonly #returned = new Map<string, string>();

  constructor(private readonly dashboard: Noting & Pick<OpenDashboard, 'layout'>) {}

  onPanelReport({ kind, panel, widget, version, layout, runs, reason }: Reported): void {
    const spec = this.dashboard.layout(layout)?.session.state.content.panels[panel]?.widget;
    if (spec === undefined || version === null) return;
    if (kind === 'mounted') this.#specs.set(panel, spec);
    else if (kind === 'swapped') {
      const before = this.#specs.get(panel);
      this.#specs.set(panel, spec);
      if (before === spec && !isPinned(spec) && this.#returned.get(spec) !== version) this.#swapped(spec, version, layout);
    } else if (kind === 'failed' && reason === 'version_yanked')
      noteVersion(
        this.dashboard,
        'withdrawn-version',
        `withdrawn ${widget}@${version}`,
        '',
        { version: shownVersion(version) },
        spec,
        layout,
      );
    else if (kind === 'failed' && runs !== undefined) {
      this.#returned.set(spec, runs);
      const values = { failed: shownVersion(version), shown: shownVersion(runs) };
      noteVersion(this.dashboard, 'returned', `failed ${spec}`, `${version} ${runs}`, values, spec, layout);
    }
  }

  #swapped(spec: string, version: string, layout: string): void {
    this.#returned.delete(spec);
    noteVersion(this.dashboard, 'swapped', `swapped ${spec}`, version, { version: shownVersion(version) }, spec, layout);
  }
}

/** Of what runs here, in any panel of any layout. `event`: the same for whoever hears of it. */
export function noteDeprecation(dashboard: Noting & Pick<OpenDashboard, 'layouts'>, event: string, name: string, version: string): void {
  const panels = [...dashboard.layouts()].flatMap(({ id, workspace }) => workspace.panels().map((panel) => ({ ...panel, layout: id })));
  const found = panels.find(({ widget, version: runs }) => partsOf(widget).name === name && runs === version);
  if (found)
    noteVersion(dashboard, 'deprecated', `deprecated ${event}`, '', { version: shownVersion(version) }, found.widget, found.layout);
}

function noteVersion(
  { resolutions, notifications }: Noting,
  kind: 'swapped' | 'returned' | 'withdrawn-version' | 'deprecated',
  topic: string,
  fact: string,
  values: Record<string, string>,
  spec: string,
  layout: string,
): void {
  notifications.note({ kind, topic, fact, values: { title: resolutions.titleOf(spec), layout, ...values } });
}
