import type { Desk } from './desk';
import { Icon } from './Icon';
import { Menu, type MenuItem } from './Menu';
import type { OpenLayout } from './openLayout';
import { useStore } from './useStore';

/** What can be done with the layout as a whole. */
export function LayoutMenu({ desk, open }: { desk: Desk; open: OpenLayout }) {
  const { mayEdit, dirty, mine, layout, gone, upstream } = useStore(open.session.store);
  const owner = desk.looksAfter(layout);
  const items: (MenuItem | false)[] = [
    mayEdit && { label: 'Rename…', run: () => desk.openDialog({ kind: 'rename' }) },
    mayEdit && !gone && { label: 'History…', run: () => desk.openDialog({ kind: 'history' }) },
    mayEdit &&
      upstream !== null && { label: `Pull from “${upstream.title}”…`, run: () => desk.openDialog({ kind: 'pull', title: upstream.title }) },
    mayEdit && !gone && { label: 'Share…', run: () => desk.openDialog({ kind: 'share' }) },
    { label: 'Make my own copy', run: () => void desk.actions.makeCopy() },
    dirty && { label: 'Discard changes', run: () => open.session.revert() },
    mine !== null && { label: 'Reset my settings', run: () => void desk.actions.resetMine() },
    (desk.powerUser || owner) && 'separator',
    desk.powerUser && { label: 'Close tab', run: () => void desk.actions.close(open.id) },
    owner && !gone && { label: 'Delete layout…', tone: 'bad', run: () => desk.openDialog({ kind: 'delete' }) },
  ];
  return (
    <Menu
      label="Layout actions"
      className="button quiet icon-only narrow"
      button={<Icon name="dots" />}
      items={items.filter((item) => item !== false)}
    />
  );
}
