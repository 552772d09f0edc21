/** A panel in each of its states; and a workspace with panels of every sort that need no widget. */
import { contentOf } from '@datamesh/layout';
import { locale } from '../../language/language';
import { type LoadPhase, type Reason, WidgetFailure } from '../../remotes/failure';
import type { Resolution } from '../../remotes/resolution';
import { Resolutions } from '../../remotes/resolutions';
import { themeStore } from '../../ui/theme';
import { skeleton } from '../../workspace/skeleton';
import { failureNotice } from '../../workspace/speech/failure-notice';
import { type Note, type NoteKind, Notes } from '../../workspace/speech/notes';
import {
  deprecatedNote,
  keptNote,
  lateNote,
  problemNote,
  reachedNote,
  readyNote,
  returnedNote,
  sharedNote,
  whoElseNote,
  wireNote,
  withdrawnNote,
} from '../../workspace/speech/panel-words';
import { Workspace } from '../../workspace/workspace';
import { Drawn, Specimen } from './Specimen';

const nothing = (): void => undefined;
const version = (one: string): Resolution => ({ name: 'series-chart', version: one }) as Resolution;

const FAILURES = {
  wrong_bytes: 'container',
  not_published: 'container',
  unavailable: 'resolve',
  no_answer: 'connect',
  not_a_module: 'container',
  not_a_script: 'running',
  share_missing: 'container',
  policy_refused: 'running',
  no_element: 'element',
  threw: 'connect',
  mended: 'container',
  widget_unknown: 'resolve',
  version_unknown: 'resolve',
  version_yanked: 'resolve',
  spec_invalid: 'resolve',
} satisfies Record<Reason, LoadPhase>;

const failureOf = (reason: Reason): WidgetFailure =>
  new WidgetFailure(
    'series-chart@1.4.0',
    FAILURES[reason],
    reason,
    `${location.origin}/remotes/series-chart/1.4.0/dist/remoteEntry.mjs`,
    new Error('what the browser said of it'),
    undefined,
    reason === 'share_missing' ? 'react' : 'script-src',
  );

const notes = (): [NoteKind, Note][] => [
  ['ready', readyNote(version('1.5.0'), 'dirty', nothing)],
  ['version', keptNote(version('1.5.0'), version('1.4.0'), failureOf('threw'), nothing)],
  ['version', lateNote(version('1.5.0'), version('1.4.0'), nothing)],
  ['version', returnedNote({ kind: 'returned', from: version('1.5.0'), to: version('1.4.0'), failure: failureOf('threw') }, nothing)],
  ['version', withdrawnNote({ version: '1.5.0', reason: 'shows wrong prices' }, '1.4.0')],
  ['problem', problemNote('what it threw', nothing)],
  ['deprecated', deprecatedNote('Use 2.0.0', nothing)],
  ['wire', wireNote({ from: 'table', setting: 'symbol', take: 'detail.id' }, 'is no text')],
  ['who-else', whoElseNote(['Dana Petrova', 'Alex Lin'])],
  ['shared', sharedNote(['price-list', 'price-row'])],
  ['page', reachedNote(['title', 'keys', 'cover'], nothing)],
];

/** As panel.ts makes it. */
function frame(place: HTMLElement, state: string, ...inside: HTMLElement[]): undefined {
  const panel = document.createElement('section');
  panel.className = 'dm-panel';
  panel.tabIndex = 0;
  panel.dataset['state'] = state;
  panel.setAttribute('aria-label', `${state} ${place.parentElement?.dataset['specimen'] ?? ''}`);
  panel.append(...inside);
  place.append(panel);
}

export function Frames() {
  return (
    <section>
      <h2>Panels</h2>
      <div className="gallery-grid">
        <Specimen of="panel: loading">
          <Drawn draw={(place) => frame(place, 'loading', skeleton())} />
        </Specimen>
        {(Object.keys(FAILURES) as Reason[]).map((reason) => (
          <Specimen key={reason} of={`panel: ${reason}`}>
            <Drawn draw={(place) => frame(place, 'failed', failed(reason))} />
          </Specimen>
        ))}
        {notes().map(([kind, note], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: some are of one kind
          <Specimen key={at} of={`note ${at + 1}: ${kind}`}>
            <Drawn draw={(place) => frame(place, 'ready', document.createElement('div'), noted(kind, note))} />
          </Specimen>
        ))}
      </div>
      <Specimen of="workspace">
        <Drawn className="tall" draw={workspace} />
      </Specimen>
    </section>
  );
}

const failed = (reason: Reason): HTMLElement =>
  failureNotice({
    title: 'Price history',
    failure: failureOf(reason),
    version: '1.4.0',
    actions: [{ label: 'Try again', run: nothing }],
  });

function noted(kind: NoteKind, note: Note): HTMLElement {
  const element = document.createElement('div');
  element.className = 'dm-notes';
  new Notes(element).show(kind, note);
  return element;
}

const CONTENT = contentOf({
  title: 'Gallery',
  tree: {
    type: 'row',
    children: [
      { size: 0.5, node: { type: 'stack', active: 0, panels: ['first', 'behind', 'more'] } },
      { size: 0.5, node: { type: 'stack', active: 0, panels: ['unknown'] } },
    ],
  },
  panels: {
    first: { widget: 'unknown@stable', title: 'In front', settings: {} },
    behind: { widget: 'unknown@stable', title: 'A title that is longer than its tab', settings: {} },
    more: { widget: 'unknown@1.0.0', settings: {} },
    unknown: { widget: 'unknown@stable', title: 'Not known', settings: {} },
  },
});

/** The real one, of a registry that knows nothing. */
function workspace(place: HTMLElement): () => void {
  const resolutions = new Resolutions({
    ask: async (specs) => specs.map((spec) => ({ spec, error: { code: 'widget_unknown' as const, detail: 'No widget has this name.' } })),
  });
  const shown = new Workspace(place, {
    resolutions,
    theme: () => themeStore.getSnapshot().theme,
    language: locale,
    onEdit: nothing,
    onClosed: nothing,
    onCopy: nothing,
    onSettings: nothing,
    onFilter: nothing,
    onOpenSettings: nothing,
    onChooseWidget: nothing,
    onNotify: nothing,
    report: nothing,
  });
  shown.show({ layoutId: 'gallery', content: CONTENT, overlay: null });
  return () => shown.dispose();
}
