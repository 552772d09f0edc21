/** The dashboard's own workspace, with frames and their notices; the registry never answers, so no widget is in the way. */
import type { LayoutContent } from '@datamesh/contracts';
import '../../../host/src/styles/tokens.css';
import { panelsOf } from '@datamesh/layout';
import { Resolutions } from '../../../host/src/remotes/resolutions';
import type { Mode, WorkspaceOptions } from '../../../host/src/workspace/types';
import { Workspace } from '../../../host/src/workspace/workspace';
import { offer } from './dock';

const nothing = (): void => undefined;

const options: WorkspaceOptions = {
  resolutions: new Resolutions({ ask: () => new Promise(nothing) }),
  theme: () => 'light',
  language: () => 'en',
  onEdit: nothing,
  onClosed: nothing,
  onSettings: nothing,
  onFilter: nothing,
  onChooseWidget: nothing,
  onOpenSettings: nothing,
  onCopy: nothing,
  onNotify: nothing,
  report: nothing,
};

offer(async (container) => {
  const workspace = new Workspace(container, options);
  await workspace.setMode(new URLSearchParams(location.search).get('mode') as Mode);
  return {
    show(tree) {
      const panels = Object.fromEntries(panelsOf(tree).map((id) => [id, { widget: 'bench@stable', title: id }]));
      const content: LayoutContent = {
        title: 'Fifty panels',
        department: null,
        visibility: 'private',
        grants: [],
        tree,
        panels,
        defaultChannel: null,
        filters: [],
      };
      workspace.show({ layoutId: 'bench', content, overlay: null });
    },
  };
});
