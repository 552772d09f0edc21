import type { WidgetSummary } from '@datamesh/contracts';
import { useState } from 'react';
import type { DashboardController } from '../../dashboard/dashboard-controller';
import type { OpenLayout } from '../../dashboard/open-layout';
import { departmentPath, layoutPath } from '../../dashboard/route';
import { i18n } from '../../language/i18n';
import { Menu, type MenuItem } from '../../ui/Menu';
import { HowMany } from '../HowMany';

/** Adds a widget to one of the layouts that are open, or to a new one. */
export function AddTo({ controller, widget }: { controller: DashboardController; widget: WidgetSummary }) {
  const [count, setCount] = useState(1);
  const put = async (open: OpenLayout | null): Promise<void> => {
    await controller.actions.setMode('edit');
    if (open?.mode.getSnapshot().mode === 'edit') open.workspace.add(widget, undefined, count);
  };
  const into = async (open: OpenLayout): Promise<void> => {
    await controller.go(open.pin ? departmentPath(open.pin.department.id) : layoutPath(open.id));
    await put(open);
  };
  const intoNew = async (): Promise<void> => {
    await controller.actions.newLayout();
    await put(controller.active);
  };
  const layouts: MenuItem[] = [...controller.layouts()]
    .filter(({ session }) => session.state.mayEdit)
    .map((open) => ({ label: open.session.state.content.title, run: () => void into(open) }));
  return (
    <div className="market-add">
      <HowMany count={count} choose={setCount} />
      <Menu
        label={i18n.t('Add {title} to a layout', { title: widget.title })}
        className="button primary"
        align="end"
        button={i18n.t('Add')}
        items={[
          ...layouts,
          ...(layouts.length > 0 ? ['separator' as const] : []),
          { label: i18n.t('A new layout'), run: () => void intoNew() },
        ]}
      />
    </div>
  );
}
