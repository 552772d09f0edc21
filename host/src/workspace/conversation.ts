import { contextTitle } from '../interop/contextTitles';
import type { InteropOptions } from '../interop/types';
import type { PanelFrame } from './panel';
import type { WorkspaceOptions } from './types';

/** What follows from what panels say to each other. `changed`: the channel of a panel is another one; `reveal`: it is asked for. */
export function conversation(
  options: WorkspaceOptions,
  frame: (panel: string) => PanelFrame | undefined,
  { changed, reveal }: { changed(panel: string): void; reveal(panel: string): void },
): InteropOptions {
  return {
    onFilter: (context) => options.onFilter(context),
    onFilterRefused: (type, error) => {
      console.warn(error);
      options.onNotify('warn', `The filter “${contextTitle(type)}” of this layout is not complete, and is left out.`);
    },
    onChannel: changed,
    onIntent: reveal,
    onListenerError: (panel, error) => frame(panel)?.problem(error),
    onLoop: (panel) =>
      options.onNotify('warn', `${frame(panel)?.title ?? panel} and other panels answer each other without end; that was stopped.`),
  };
}
