import type { LayoutContent } from '@datamesh/contracts';
import { panelsOf } from '@datamesh/layout';
import { channelName } from '../../language/terms';
import type { PresentPanel } from './fits';

/** What a spec means, as far as contexts go. */
export type Known = Pick<PresentPanel, 'name' | 'title' | 'takes' | 'gives'>;

/** What the panels of a layout take and give, as far as their widgets are known and they are on a channel. */
export function presentPanels(content: LayoutContent, knownOf: (spec: string) => Known | undefined): PresentPanel[] {
  return panelsOf(content.tree).flatMap((id) => {
    const panel = content.panels[id];
    const known = panel && knownOf(panel.widget);
    const channel = panel?.channel ?? content.defaultChannel ?? 'none';
    if (!known || channel === 'none') return [];
    const { direction = 'both' } = panel;
    return [
      {
        name: known.name,
        title: panel.title ?? known.title,
        takes: direction === 'send' ? [] : known.takes,
        gives: direction === 'receive' ? [] : known.gives,
        // What is added is on the layout's channel.
        channel: channel === content.defaultChannel ? null : channelName(channel),
      },
    ];
  });
}
