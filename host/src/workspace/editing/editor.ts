import type { LayoutContent } from '@datamesh/contracts';
import { movePanel, type Place } from '@datamesh/layout';
import './editing.css';
import { arrange } from '@datamesh/layout';
import { type Arranger, COLUMN_BELOW, GAP, type Stage } from '../stage';
import type { Target } from './dropZones';
import { Editing } from './editing';
import { type PanelCommands, panelButtons } from './panelMenu';
import { Placing } from './placing';

export interface EditorHost {
  /** `arranged`: the arranger already shows it. */
  edit(next: LayoutContent, label: string, arranged?: boolean): void;
  openSettings(panel: string): void;
}

/** Everything that only editors need: one lazy chunk, one door. */
export interface EditorTools {
  editing(): Arranger;
  startPlacing(title: string, pointer: PointerEvent | undefined, onPlace: (place: Place) => void): void;
  /** Gear and menu for the head of a stack where the window is too narrow for golden-layout. */
  decorate(head: HTMLElement, panel: string): void;
  dispose(): void;
}

export function editorTools(stage: Stage, host: EditorHost): EditorTools {
  let editing: Editing | undefined;
  let placing: Placing | undefined;

  const startPlacing: EditorTools['startPlacing'] = (title, pointer, onPlace) => {
    placing?.end();
    placing = new Placing(
      {
        canvas: stage.canvas,
        title,
        targets: () => editing?.targets() ?? columnTargets(stage),
        announce: stage.announce,
        onPlace,
        onEnd: () => {
          placing = undefined;
        },
      },
      pointer,
    );
  };
  const commands: PanelCommands = {
    edit: (next, label) => host.edit(next, label),
    openSettings: host.openSettings,
    startMoving: (panel) =>
      startPlacing(stage.frame(panel)?.title ?? panel, undefined, (place) => {
        host.edit(movePanel(stage.content(), panel, place), 'Move panel');
        stage.announce('Moved');
      }),
  };
  return {
    editing() {
      editing = new Editing(stage, { ...commands, rearranged: (next, label) => host.edit(next, label, true) });
      const made = editing;
      return {
        load: (content) => made.load(content),
        resize: () => made.resize(),
        relabel: () => made.relabel(),
        reveal: (panel) => made.reveal(panel),
        dispose() {
          placing?.end();
          made.dispose();
          if (editing === made) editing = undefined;
        },
      };
    },
    startPlacing,
    decorate: (head, panel) =>
      head.append(
        ...panelButtons(stage, commands, () => head.querySelector<HTMLElement>('[aria-selected="true"]')?.dataset['for'] ?? panel),
      ),
    dispose: () => placing?.end(),
  };
}

function columnTargets(stage: Stage): Target[] {
  const { stacks } = arrange(stage.content().tree, stage.size(), { gap: GAP, columnBelow: COLUMN_BELOW });
  return stacks.map(({ panels, rect }) => ({ panels, title: stage.frame(panels[0] ?? '')?.title ?? '', rect }));
}
