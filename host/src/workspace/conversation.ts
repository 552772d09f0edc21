import { contextTitle } from '../interop/context-titles';
import type { InteropOptions } from '../interop/types';
import { i18n } from '../language/i18n';
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
      options.onNotify(
        'warn',
        i18n.t('The filter “{filter}” of this layout is not complete, and is left out.', { filter: contextTitle(type) }),
      );
    },
    onChannel: changed,
    onIntent: reveal,
    onListenerError: (panel, error) => frame(panel)?.problem(error),
    onLoop: (panel) =>
      options.onNotify(
        'warn',
        i18n.t('{title} and other panels answer each other without end; that was stopped.', { title: frame(panel)?.title ?? panel }),
      ),
  };
}
